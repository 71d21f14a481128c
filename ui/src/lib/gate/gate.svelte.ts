import { ApiError, call, callAct, type Block, type EngagementView, type OpenItem } from '$lib/api';
import { errorSentence, fmt, t, tKey } from '$lib/i18n';
import { tellMoved } from './moved';

const byHand = ['tick', 'date', 'text', 'choice', 'score'];

export const isByHand = (item: OpenItem): boolean => byHand.includes(item.input);

/** Who fills an item: the person, or else the role in the reader's language. */
export const holderOf = (item: Pick<OpenItem, 'holder' | 'holder_id' | 'holder_role'>): string =>
  item.holder_id === null ? tKey('role', item.holder_role) : item.holder;

/** What stands in the way besides open items, as a sentence. */
export function blockText(block: Block): string {
  if (block.code === 'handover_returned') {
    const points = fmt.list(block.points.map((point) => tKey('point', point)));
    return t('block-handover-returned', { points });
  }
  if (block.code === 'promise_not_feasible') {
    return t('block-promise-not-feasible', { wording: block.wording });
  }
  const items = fmt.list(block.item_ids.map((item) => tKey('item', item)));
  return t('block-gate-breached', { stage: tKey('stage', block.stage), items });
}

/** A closed gate on its way to being open: what is typed, what was saved, what still stands in the way. */
export class GateFlow {
  readonly to: string;
  items = $state.raw<OpenItem[]>([]);
  blocks = $state.raw<Block[]>([]);
  drafts = $state<Record<string, string | boolean>>({});
  reason = $state('');
  overriding = $state(false);
  busy = $state(false);
  saved = $state(false);
  error = $state<string | null>(null);
  readonly fillable = $derived(this.items.filter(isByHand));
  readonly elsewhere = $derived(this.items.filter((item) => !isByHand(item)));
  readonly filled = $derived(this.fillable.filter((item) => this.#value(item) !== null));
  /** Everything in the way is filled here. */
  readonly complete = $derived(
    this.filled.length === this.items.length && this.blocks.length === 0,
  );
  readonly #engagement: { id: string; name: string };
  readonly #onmoved: (view: EngagementView) => void;

  constructor(
    engagement: { id: string; name: string },
    refusal: ApiError,
    onmoved: (view: EngagementView) => void,
  ) {
    this.#engagement = engagement;
    this.#onmoved = onmoved;
    this.to = String(refusal.fields['to'] ?? '');
    this.#take(refusal);
  }

  /** Saves what was filled, one item after the other, then moves. */
  save = (): Promise<void> =>
    this.#run(async () => {
      for (const item of this.filled) {
        const value = this.#value(item);
        if (value === null) continue;
        await call('tick_item', { engagement_id: this.#engagement.id, item_id: item.id, value });
        this.saved = true;
      }
      await this.#move();
    });

  override = (): Promise<void> =>
    this.#run(async () => {
      await call('override_gate', {
        engagement_id: this.#engagement.id,
        reason: this.reason.trim(),
      });
      await this.#move();
    });

  async #move(): Promise<void> {
    const { reply, act_id } = await callAct('move_stage', {
      engagement_id: this.#engagement.id,
      to: this.to,
    });
    tellMoved(this.#engagement.name, this.to, act_id);
    this.#onmoved(reply);
  }

  async #run(what: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = null;
    try {
      await what();
    } catch (raw) {
      const error = ApiError.from(raw);
      if (error.code === 'gate_closed') this.#take(error);
      else this.error = errorSentence(error);
    } finally {
      this.busy = false;
    }
  }

  #take(refusal: ApiError): void {
    this.items = (refusal.fields['open_items'] as OpenItem[] | undefined) ?? [];
    this.blocks = (refusal.fields['blocks'] as Block[] | undefined) ?? [];
    this.overriding = false;
  }

  #value(item: OpenItem): string | number | boolean | null {
    const draft = this.drafts[item.id];
    if (draft === undefined || draft === false || draft === '') return null;
    if (typeof draft === 'string' && draft.trim() === '') return null;
    return item.input === 'score'
      ? Number(draft)
      : typeof draft === 'string'
        ? draft.trim()
        : draft;
  }
}
