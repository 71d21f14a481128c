import { tick } from 'svelte';
import { refuse } from '$lib/acts';
import { ApiError, call, callAct, type CardView, type StageKind } from '$lib/api';
import { tellMoved } from '$lib/gate/moved';
import { i18n, t, tKey } from '$lib/i18n';
import { announce, rowForKey, toast, type Load } from '$lib/kit';
import { filter } from '$lib/widgets/filter.svelte';
import { kinds, nextKind, previousKind, whyNot } from './stages';

interface Place {
  kind: StageKind;
  index: number;
}

/** What a column offers to the board. */
export interface ColumnHandle {
  reveal: (index: number) => void;
  ready: (index: number) => Promise<void>;
  rowAt: (index: number) => CardView | undefined;
  pageSize: () => number;
  offset: () => number;
  focus: (index: number) => boolean;
}

/** Where the reader was when the board was left. */
let remembered: Place = { kind: 'post-sales', index: 0 };
const scan = 500;
const most = 5000;

export class Board {
  at = $state.raw<Place>(remembered);
  /** A card of the board has the focus. */
  holds = $state(false);
  counts = $state.raw<Record<string, number>>({});
  moving = $state.raw<CardView | null>(null);
  choosing = $state.raw<CardView | null>(null);
  closed = $state.raw<{ card: CardView; refusal: ApiError } | null>(null);
  readonly columns = new Map<StageKind, ColumnHandle>();
  /** Brings the columns up to date. */
  readonly #refresh: () => Promise<void>;

  constructor(refresh: () => Promise<void>) {
    this.#refresh = refresh;
  }

  readonly loadOf = (kind: StageKind): Load<CardView> => {
    return async (from, count) =>
      (await call('board_cards', { kind, from, count, ...filter.args })).rows;
  };

  /** The one card that Tab reaches: where the reader was, or the first there is. */
  readonly tabStop = $derived.by<Place>(() => {
    const own = this.counts[this.at.kind] ?? 0;
    if (own > 0) return { kind: this.at.kind, index: Math.min(this.at.index, own - 1) };
    return { kind: kinds.find((kind) => (this.counts[kind] ?? 0) > 0) ?? 'post-sales', index: 0 };
  });

  readonly card = (): CardView | undefined =>
    this.columns.get(this.tabStop.kind)?.rowAt(this.tabStop.index);

  focused(kind: StageKind, index: number): void {
    this.at = { kind, index };
    this.holds = true;
    remembered = this.at;
  }

  async focus(kind: StageKind, index: number): Promise<void> {
    this.at = { kind, index };
    remembered = this.at;
    const column = this.columns.get(kind);
    column?.reveal(index);
    await column?.ready(index);
    await tick();
    if (this.at.kind === kind && this.at.index === index) column?.focus(index);
  }

  /** Arrows, Home, End, PageUp and PageDown walk from card to card. */
  key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const { kind, index } = this.tabStop;
    const page = this.columns.get(kind)?.pageSize() ?? 5;
    const to = rowForKey(event.key, index, this.counts[kind] ?? 0, page);
    const aside = ['ArrowLeft', 'ArrowRight'].indexOf(event.key);
    if (to !== null) void this.focus(kind, to);
    else if (aside >= 0) this.#aside((aside === 1) === (i18n.dir === 'ltr') ? 1 : -1);
    else return;
    event.preventDefault();
  }

  /** The neighbour at the same height; columns without cards are passed over. */
  #aside(step: 1 | -1): void {
    const { kind, index } = this.tabStop;
    const others =
      step === 1
        ? kinds.slice(kinds.indexOf(kind) + 1)
        : kinds.slice(0, kinds.indexOf(kind)).reverse();
    const next = others.find((one) => (this.counts[one] ?? 0) > 0);
    if (next === undefined) return;
    const row =
      index - (this.columns.get(kind)?.offset() ?? 0) + (this.columns.get(next)?.offset() ?? 0);
    void this.focus(next, Math.max(0, Math.min((this.counts[next] ?? 1) - 1, row)));
  }

  /** One stage on or back, from the keyboard. */
  step(card: CardView | undefined, to: 1 | -1): void {
    if (card === undefined) return;
    const kind = to === 1 ? nextKind(card.kind) : previousKind(card.kind);
    const end = to === 1 ? 'board-move-none' : 'board-move-first';
    if (card.status !== 'active') void this.move(card, card.kind);
    else if (kind === undefined) announce(t(end, { name: card.name }));
    else void this.move(card, kind);
  }

  async move(card: CardView, to: StageKind): Promise<void> {
    const reason = whyNot(card, to);
    if (reason !== null) {
      toast(reason);
      return;
    }
    this.moving = card;
    try {
      const { act_id } = await callAct('move_stage', { engagement_id: card.id, to });
      tellMoved(card.name, to, act_id, () => void this.follow(card.id, card.kind));
      await this.follow(card.id, to);
    } catch (raw) {
      const error = ApiError.from(raw);
      if (error.code === 'gate_closed') this.closed = { card, refusal: error };
      else refuse(error);
    } finally {
      this.moving = null;
    }
  }

  /** The focus goes where the card went. */
  async follow(id: string, kind: StageKind): Promise<void> {
    for (let from = 0; from < most; from += scan) {
      const page = await call('board_cards', { kind, from, count: scan, ...filter.args });
      const index = page.rows.findIndex((row) => row.id === id);
      if (index >= 0) {
        await this.#refresh();
        await tick();
        await this.focus(kind, from + index);
        return;
      }
      if (from + scan >= page.count) break;
    }
    // It is filtered away now, or very far down: the reader stays where they were.
    const { kind: here, index } = this.tabStop;
    await this.focus(here, index);
  }

  columnLabel(kind: StageKind): string {
    return t('board-column-label', { stage: tKey('stage', kind), count: this.counts[kind] ?? 0 });
  }
}
