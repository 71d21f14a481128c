import { router } from '$app/router';
import { act } from '$lib/acts';
import { call, type TodayKind, type TodayRow } from '$lib/api';
import { t } from '$lib/i18n';
import { needsNote, sideWords } from '$lib/widgets/moods';
import { placeOf } from './words';

/** What is being asked inside a row before its act: what was said, or why nobody is asked. */
export interface Asking {
  row: string;
  what: 'note' | 'reason';
  score: number;
}

/** What the list on the screen offers. */
export interface ListHandle {
  focusRow: (index: number) => Promise<void>;
  rowAt: (index: number) => TodayRow | undefined;
}

export const keyOf = (row: TodayRow): string =>
  `${row.kind} ${row.engagement_id} ${row.side ?? ''}`;

/** What waits for the person who works here, and the acts done in place. */
export class TodayScreen {
  kind = $state<TodayKind | null>(null);
  at = $state(0);
  /** The list has, or had before something opened over the page, the focus. */
  armed = $state(false);
  asking = $state.raw<Asking | null>(null);
  text = $state('');
  missing = $state(false);
  busy = $state(false);
  /** Counts the changes, so that rows are asked again. */
  turn = $state(0);
  list: ListHandle | undefined;
  readonly version = $derived(`${this.turn} ${this.kind ?? ''}`);
  readonly #refresh: () => Promise<void>;

  constructor(refresh: () => Promise<void>) {
    this.#refresh = refresh;
  }

  readonly load = async (from: number, count: number): Promise<TodayRow[]> =>
    (await call('today', { kind: this.kind, from, count })).rows;

  readonly waiting = async (from: number, count: number): Promise<TodayRow[]> =>
    (await call('today', { kind: 'waiting_for_answer', from, count })).rows;

  show(kind: TodayKind | null): void {
    this.kind = kind;
    this.at = 0;
    this.cancel();
  }

  readonly current = (): TodayRow | undefined =>
    this.armed ? this.list?.rowAt(this.at) : undefined;

  readonly isMood = (): boolean => this.current()?.kind === 'mood_check';

  readonly open = (row: TodayRow): void =>
    router.go({ name: 'engagement', id: row.engagement_id, ...placeOf(row) });

  /** A 1 or 2 asks what was said first. */
  score(row: TodayRow, score: number): void {
    if (needsNote(score)) this.#ask(row, 'note', score);
    else void this.#record(row, score, null);
  }

  skip(row: TodayRow): void {
    this.#ask(row, 'reason', 0);
  }

  #ask(row: TodayRow, what: Asking['what'], score: number): void {
    this.asking = { row: keyOf(row), what, score };
    this.text = '';
    this.missing = false;
  }

  cancel(): void {
    this.asking = null;
    this.text = '';
    this.missing = false;
  }

  /** What was asked for is typed. False if it is missing. */
  async answer(row: TodayRow): Promise<boolean> {
    const { asking } = this;
    const text = this.text.trim();
    this.missing = text === '';
    if (asking === null || text === '') return false;
    if (asking.what === 'note') await this.#record(row, asking.score, text);
    else await this.#skip(row, text);
    return true;
  }

  async #record(row: TodayRow, score: number, note: string | null): Promise<void> {
    const side = row.side ?? 'client';
    const words = { side: sideWords(side), client: row.account, score };
    await this.#do(() =>
      act(
        'record_mood',
        { engagement_id: row.engagement_id, side, score, note },
        { done: t('mood-saved-toast', words) },
      ),
    );
  }

  async #skip(row: TodayRow, reason: string): Promise<void> {
    const side = row.side ?? 'client';
    const words = { side: sideWords(side), client: row.account };
    await this.#do(() =>
      act(
        'skip_mood',
        { engagement_id: row.engagement_id, side, reason },
        { done: t('mood-skipped-toast', words) },
      ),
    );
  }

  /** Does it once; the row is gone then, and the focus goes to the one that took its place. */
  async #do(what: () => Promise<unknown>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const done = await what();
    this.busy = false;
    if (done === undefined) return;
    this.cancel();
    await this.#refresh();
    await this.list?.focusRow(this.at);
  }
}
