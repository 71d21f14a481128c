import { act, undo } from '$lib/acts';
import { ApiError, call, callAct, onChanged } from '$lib/api';
import type { EngagementView, PersonView, StageView } from '$lib/api';
import { errorSentence, t, tKey } from '$lib/i18n';
import { toast } from '$lib/kit';

/** One engagement on the screen: the last view that the core gave, and the acts that replace it. */
export class EngagementScreen {
  readonly id: string;
  view = $state.raw<EngagementView | null>(null);
  people = $state.raw<PersonView[]>([]);
  failure = $state.raw<ApiError | null>(null);
  refusal = $state.raw<ApiError | null>(null);
  gateOpen = $state(false);
  renaming = $state(false);
  /** How it ends is being decided. */
  deciding = $state(false);
  /** The end of the contract is being set. */
  datingEnd = $state(false);
  /** It is being said where it already stands. */
  takingOver = $state(false);
  #reads = 0;
  #peopleRead = 0;

  constructor(id: string) {
    this.id = id;
  }

  /** Reads the engagement and follows what other windows and colleagues change. */
  start(): () => void {
    void this.load();
    return onChanged(() => void this.load());
  }

  async load(): Promise<void> {
    const read = ++this.#reads;
    try {
      const [view, people] = await Promise.all([
        call('engagement', { engagement_id: this.id }),
        call('people', {}),
      ]);
      // Who there is does not come with an act's reply: this read is the only one that knows.
      if (read > this.#peopleRead) {
        this.#peopleRead = read;
        this.people = people;
      }
      if (read !== this.#reads) return;
      this.view = view;
      this.failure = null;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (read === this.#reads && !this.view) this.failure = error;
    }
  }

  /** Shows the reply of an act; a read under way is older than it and is dropped. */
  take(view: EngagementView | undefined): boolean {
    if (!view) return false;
    this.#reads += 1;
    this.view = view;
    return true;
  }

  get stage(): StageView | undefined {
    return this.view?.stages.find((stage) => stage.state === 'current');
  }

  get stageBefore(): StageView | undefined {
    return this.view?.stages.filter((stage) => stage.state === 'passed').at(-1);
  }

  /** Asks the core to move; a closed gate opens the dialog that names what is missing. */
  async move(to: string): Promise<void> {
    try {
      const { reply, act_id } = await callAct('move_stage', { engagement_id: this.id, to });
      this.take(reply);
      toast(t('engagement-done-moved', { stage: tKey('stage', to) }), {
        undo: act_id ? () => this.undo(act_id) : undefined,
      });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code === 'gate_closed') {
        this.refusal = error;
        this.gateOpen = true;
      } else {
        toast(errorSentence(error), { tone: 'bad' });
      }
    }
  }

  async undo(actId: string): Promise<void> {
    if (await undo(actId)) await this.load();
  }

  async rename(name: string): Promise<boolean> {
    const done = t('engagement-done-renamed', { name });
    return this.take(await act('rename_engagement', { engagement_id: this.id, name }, { done }));
  }

  async contractEnd(on: string | null): Promise<boolean> {
    const done = t('contract-end-saved');
    return this.take(await act('set_contract_end', { engagement_id: this.id, on }, { done }));
  }

  /** What ended or was deleted keeps its stage, its owner and its contract. */
  get isRunning(): boolean {
    return this.view?.status === 'active' && !this.view.deleted;
  }

  /** It came here while it ran: it stands in its first stage and never moved. */
  get isNew(): boolean {
    const { view } = this;
    return this.isRunning && view?.taken_over_at === null && view.stages[0]?.state === 'current';
  }

  async takeOver(stage: string): Promise<boolean> {
    const done = t('take-over-done', { stage: tKey('stage', stage) });
    return this.take(await act('take_over', { engagement_id: this.id, stage }, { done }));
  }

  async remove(): Promise<void> {
    const done = t('engagement-done-deleted', { name: this.view?.name ?? '' });
    this.take(await act('delete_engagement', { engagement_id: this.id }, { done }));
  }

  async revive(): Promise<void> {
    const done = t('engagement-done-restored', { name: this.view?.name ?? '' });
    this.take(await act('restore_engagement', { engagement_id: this.id }, { done }));
  }

  async tick(itemId: string, value: string | number | boolean): Promise<boolean> {
    const done = t('checklist-done-toast', { item: tKey('item', itemId) });
    const args = { engagement_id: this.id, item_id: itemId, value };
    return this.take(await act('tick_item', args, { done }));
  }

  async untick(itemId: string): Promise<boolean> {
    const done = t('checklist-undone-toast', { item: tKey('item', itemId) });
    const args = { engagement_id: this.id, item_id: itemId };
    return this.take(await act('untick_item', args, { done }));
  }

  async override(reason: string): Promise<boolean> {
    const stage = tKey('stage', this.view?.stage ?? '');
    const done = t('override-done', { stage });
    return this.take(await act('override_gate', { engagement_id: this.id, reason }, { done }));
  }
}
