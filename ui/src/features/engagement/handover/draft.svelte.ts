import type { PointValue, PointView } from '$lib/api';
import { t } from '$lib/i18n';
import { isParts, partText, type PointParts } from '../points';

type PartValue = string | number | null;
export type SaveState = 'idle' | 'saving' | 'saved' | 'failed';

/** The one part of a point that is plain text. */
export const TEXT = 'text';

/**
 * What is typed into one point and not yet stored. Only touched parts are kept, so a colleague's change to the
 * others shows at once, and nothing typed is lost when an answer arrives.
 */
export class PointDraft {
  edits = $state.raw<Record<string, PartValue>>({});
  left = $state.raw<Record<string, true>>({});
  state = $state<SaveState>('idle');
  error = $state('');
  /** The write of this point that has not been answered yet. */
  underWay: Promise<void> | undefined;

  get dirty(): boolean {
    return Object.keys(this.edits).length > 0;
  }

  text(point: PointView, part: string): string {
    const edit = this.edits[part];
    if (edit !== undefined) return edit === null ? '' : String(edit);
    if (part === TEXT) return typeof point.value === 'string' ? point.value : '';
    return partText(point.value, part);
  }

  minor(point: PointView, part: string): number | null {
    const edit = this.edits[part];
    if (typeof edit === 'number' || edit === null) return edit;
    const stored = isParts(point.value) ? point.value[part] : null;
    return typeof stored === 'number' ? stored : null;
  }

  set(point: PointView, part: string, value: PartValue): void {
    const others = Object.entries(this.edits).filter(([other]) => other !== part);
    const same = typeof value === 'string' && value === this.stored(point, part);
    this.edits = Object.fromEntries(same ? others : [...others, [part, value]]);
  }

  private stored(point: PointView, part: string): string {
    if (part === TEXT) return typeof point.value === 'string' ? point.value : '';
    return partText(point.value, part);
  }

  /** The whole value as it would be stored. */
  value(point: PointView): PointValue {
    const text = this.edits[TEXT];
    if (point.input === 'text') return typeof text === 'string' ? text.trim() : point.value;
    const merged: PointParts = { ...(isParts(point.value) ? point.value : {}) };
    for (const [part, edit] of Object.entries(this.edits)) {
      const clean = typeof edit === 'string' ? edit.trim() : edit;
      merged[part] = clean === '' ? null : clean;
    }
    return merged;
  }

  /** Takes what was stored out of the draft; what was typed meanwhile stays. */
  settle(sent: Record<string, PartValue>): void {
    this.edits = Object.fromEntries(
      Object.entries(this.edits).filter(([part, value]) => sent[part] !== value),
    );
  }

  leave(part: string): void {
    if (!this.left[part]) this.left = { ...this.left, [part]: true };
  }

  /** What is wrong with a part, once the person has left it. */
  problem(point: PointView, part: string, strict: boolean): string {
    if (!strict && !this.left[part]) return '';
    const text = this.text(point, part).trim();
    if (part === 'email' && text && !/^\S+@\S+\.\S+$/.test(text)) return t('handover-error-email');
    if (part === 'end_on' && text && text < this.text(point, 'start_on')) {
      return t('handover-error-end-before-start');
    }
    if (part === 'currency' && text && !/^[A-Za-z]{3}$/.test(text))
      return t('handover-error-currency');
    if (text || !(strict || this.begun(point))) return '';
    return this.missing(point, part);
  }

  private begun(point: PointView): boolean {
    return (
      isParts(point.value) &&
      Object.values(point.value).some((part) => part !== null && part !== '')
    );
  }

  private missing(point: PointView, part: string): string {
    const missing = point.missing_parts.includes(part);
    const reach = part === 'email' && point.missing_parts.includes('email');
    if (reach) return t('handover-error-reach');
    if (!missing) return '';
    if (part === 'name') return t('handover-error-name');
    if (part === 'role') return t('handover-error-role');
    if (part === 'language') return t('handover-error-language');
    if (part === 'start_on') return t('handover-error-start-on');
    if (part === 'end_on') return t('handover-error-end-on');
    if (part === 'value_minor') return t('handover-error-value');
    if (part === 'currency') return t('handover-error-currency');
    return t('handover-error-part');
  }
}
