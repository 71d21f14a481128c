import { act } from '$lib/acts';
import { ApiError, callAct } from '$lib/api';
import type { EngagementView, PersonView, PointValue, PointView } from '$lib/api';
import { errorSentence, t, tKey } from '$lib/i18n';
import { announce } from '$lib/kit';
import type { EngagementScreen } from '../engagement.svelte';
import { reachTarget, refocus, restOn } from '../focus';
import { isShort, receiverRole } from '../legs';
import { PointDraft } from './draft.svelte';

export interface Acceptance {
  held_on: string;
  people: string[];
  minutes: string;
  rating: number | null;
}

/** The handover on the screen: drafts per point, the receiver's comments, and the acts. */
export class HandoverForm {
  returning = $state(false);
  accepting = $state(false);
  reopening = $state(false);
  /** Submitting was tried: every gap may be named now. */
  strict = $state(false);
  comments = $state.raw<Record<string, string>>({});
  #chosen = $state('');
  receiverError = $state('');
  readonly screen: EngagementScreen;
  readonly #drafts = new Map<string, PointDraft>();

  constructor(screen: EngagementScreen) {
    this.screen = screen;
  }

  draft(pointId: string): PointDraft {
    let found = this.#drafts.get(pointId);
    if (!found) this.#drafts.set(pointId, (found = new PointDraft()));
    return found;
  }

  get points(): PointView[] {
    return this.screen.view?.handover.points ?? [];
  }

  get missing(): PointView[] {
    const { view } = this.screen;
    if (view === null || isShort(view)) return [];
    return this.points.filter((point) => point.mandatory && !point.filled);
  }

  firstToFill(): string | undefined {
    return (this.points.find((point) => point.comment) ?? this.missing[0] ?? this.points[0])?.id;
  }

  /** Stores what was typed into a point; resolves when nothing of it waits any more. */
  async save(point: PointView): Promise<void> {
    const draft = this.draft(point.id);
    while (draft.underWay) await draft.underWay;
    if (!draft.dirty) return;
    const sent = draft.edits;
    const now = this.points.find((other) => other.id === point.id) ?? point;
    draft.underWay = this.put(point.id, draft.value(now)).then((stored) => {
      draft.underWay = undefined;
      if (stored) draft.settle(sent);
    });
    await draft.underWay;
  }

  /** Writes one point and says so quietly. */
  async put(pointId: string, value: PointValue): Promise<boolean> {
    const draft = this.draft(pointId);
    draft.state = 'saving';
    draft.error = '';
    try {
      const args = { engagement_id: this.screen.id, points: { [pointId]: value } };
      const { reply } = await callAct('fill_handover', args);
      this.screen.take(reply);
      draft.state = 'saved';
      announce(`${tKey('point', pointId)}: ${t('handover-saved')}`);
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      draft.state = 'failed';
      draft.error = errorSentence(error);
      announce(draft.error);
      return false;
    }
  }

  /** Takes a version that another laptop wrote at the same time. */
  async useOther(point: PointView, value: PointValue): Promise<void> {
    const done = t('handover-other-taken', { point: tKey('point', point.id) });
    const args = { engagement_id: this.screen.id, points: { [point.id]: value } };
    if (!this.screen.take(await act('fill_handover', args, { done }))) return;
    this.draft(point.id).edits = {};
    await refocus(point.id);
  }

  async saveAll(): Promise<void> {
    for (const point of this.points) await this.save(point);
  }

  /** Who could take over. */
  get receivers(): PersonView[] {
    const { view, people } = this.screen;
    return view === null ? [] : people.filter((one) => one.roles.includes(receiverRole(view)));
  }

  /** Who takes over: as chosen, else as the last time, else the only one who can. */
  get receiver(): string {
    const only = this.receivers.length === 1 ? this.receivers[0]?.id : undefined;
    return this.#chosen || (this.screen.view?.handover.receiver_id ?? only ?? '');
  }

  choose(receiverId: string): void {
    this.#chosen = receiverId;
    this.receiverError = '';
  }

  /** Submits; the first try with gaps leads to the first one, `anyway` hands over with them. */
  async submit(anyway = false): Promise<void> {
    await this.saveAll();
    this.strict = true;
    const gap = this.missing[0];
    if (gap && !anyway) {
      announce(t('handover-submit-missing', { count: this.missing.length }));
      await reachTarget(gap.id);
      return;
    }
    const receiverId = this.receiver;
    this.receiverError = receiverId ? '' : t('handover-submit-receiver-missing');
    if (this.receiverError) {
      await reachTarget('handover-receiver');
      return;
    }
    const person = this.screen.people.find((one) => one.id === receiverId)?.name ?? '';
    const done = t('handover-submitted-toast', { person });
    const args = { engagement_id: this.screen.id, receiver_id: receiverId };
    if (this.#take(await act('submit_handover', args, { done }))) this.strict = false;
  }

  async withdraw(): Promise<void> {
    const done = t('handover-withdrawn-toast');
    this.#take(await act('withdraw_handover', { engagement_id: this.screen.id }, { done }));
  }

  async verify(): Promise<void> {
    const done = t('handover-verified-toast');
    this.#take(await act('verify_brief', { engagement_id: this.screen.id }, { done }));
  }

  get commentCount(): number {
    return Object.values(this.comments).filter((text) => text.trim()).length;
  }

  comment(pointId: string, text: string): void {
    this.comments = { ...this.comments, [pointId]: text };
  }

  startReturning(): void {
    this.returning = true;
    void reachTarget(`comment-${this.points[0]?.id ?? ''}`);
  }

  stopReturning(): void {
    this.returning = false;
    this.comments = {};
  }

  async sendBack(): Promise<void> {
    const filled = Object.entries(this.comments).filter(([, text]) => text.trim());
    if (!filled.length) {
      announce(t('handover-return-missing'));
      await reachTarget(`comment-${this.points[0]?.id ?? ''}`);
      return;
    }
    const person = this.screen.view?.handover.submitted_by;
    const done = person
      ? t('handover-returned-toast', { person })
      : t('handover-returned-toast-nobody');
    const comments = Object.fromEntries(filled.map(([id, text]) => [id, text.trim()]));
    const args = { engagement_id: this.screen.id, comments };
    if (this.#take(await act('return_handover', args, { done }))) this.stopReturning();
  }

  async accept(acceptance: Acceptance): Promise<boolean> {
    const { screen } = this;
    const done = (view: EngagementView): string =>
      t('handover-accepted-toast', { person: view.owner ?? view.handover.receiver ?? '' });
    const args = { engagement_id: screen.id, ...acceptance };
    const taken = this.#take(await act('accept_handover', args, { done }));
    if (taken) {
      this.accepting = false;
      this.stopReturning();
    }
    return taken;
  }

  async reopen(reason: string): Promise<boolean> {
    const done = t('handover-reopened-toast');
    const args = { engagement_id: this.screen.id, reason };
    const taken = this.#take(await act('reopen_handover', args, { done }));
    if (taken) this.reopening = false;
    return taken;
  }

  /** The button that was pressed is gone after most acts: the focus stays near it. */
  #take(view: EngagementView | undefined): boolean {
    const taken = this.screen.take(view);
    if (taken) void restOn('handover-acts');
    return taken;
  }
}
