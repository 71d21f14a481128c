import type { PointInput, PointValue, PointView } from '$lib/api';
import { currencyDigits, fmt, t, tKey } from '$lib/i18n';

export type PartKind = 'line' | 'email' | 'tel' | 'date' | 'money' | 'currency';

export interface Part {
  id: string;
  kind: PartKind;
  optional?: boolean;
  hint?: string;
  /** How much of a row it takes: a half, a third (the default), or all of it. */
  span?: 'half' | 'whole';
}

/** The parts of a point's value, in the order of the form. */
export function partsOf(input: PointInput): Part[] {
  switch (input) {
    case 'contact':
      return [
        { id: 'name', kind: 'line' },
        { id: 'role', kind: 'line' },
        { id: 'language', kind: 'line' },
        { id: 'email', kind: 'email', span: 'half' },
        { id: 'phone', kind: 'tel', span: 'half' },
      ];
    case 'schedule':
      return [
        { id: 'start_on', kind: 'date', span: 'half' },
        { id: 'end_on', kind: 'date', span: 'half' },
        { id: 'note', kind: 'line', optional: true, span: 'whole' },
      ];
    case 'terms':
      return [
        { id: 'value_minor', kind: 'money' },
        { id: 'currency', kind: 'currency' },
        { id: 'billing', kind: 'line', hint: t('handover-help-billing') },
        { id: 'discount', kind: 'line', optional: true, span: 'half' },
        { id: 'package', kind: 'line', optional: true, span: 'half' },
        { id: 'intro_price', kind: 'line', optional: true, span: 'half' },
        { id: 'intro_until_on', kind: 'date', optional: true, span: 'half' },
        { id: 'later_price', kind: 'line', optional: true, span: 'half' },
      ];
    default:
      return [];
  }
}

export type PointParts = Exclude<PointValue, string | null>;

export function isParts(value: PointValue): value is PointParts {
  return typeof value === 'object' && value !== null;
}

/** A part as it stands in a control. */
export function partText(value: PointValue, part: string): string {
  const found = isParts(value) ? value[part] : null;
  return found === null || found === undefined ? '' : String(found);
}

function partWords(parts: PointParts, part: string): string {
  const value = parts[part];
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return value ? t('history-yes') : t('history-no');
  if (part.endsWith('_on')) return fmt.date(String(value));
  if (part === 'value_minor' && typeof value === 'number') {
    const currency = partText(parts, 'currency') || 'EUR';
    return fmt.money({ minor: value, currency, digits: currencyDigits(currency) });
  }
  return String(value);
}

/** The filled parts of a value with their names, for reading. */
export function readable(point: PointView): { label: string; value: string }[] {
  const { value } = point;
  if (!isParts(value)) return [];
  return partsOf(point.input)
    .filter((part) => part.id !== 'currency')
    .map((part) => ({ label: tKey('part', part.id), value: partWords(value, part.id) }))
    .filter((row) => row.value !== '');
}

/** A value in one line, for another version of it or for the history. */
export function oneLine(value: PointValue): string {
  if (value === null || value === '') return t('handover-empty-value');
  if (!isParts(value)) return value;
  if (value['none_made'] === true) return t('handover-none-made');
  const words = Object.keys(value)
    .filter((part) => part !== 'currency')
    .map((part) => partWords(value, part))
    .filter((text) => text !== '');
  return words.length ? fmt.list(words) : t('handover-empty-value');
}
