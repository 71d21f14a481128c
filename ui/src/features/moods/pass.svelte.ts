import { router } from '$app/router';
import { session } from '$app/session';
import { act } from '$lib/acts';
import {
  ApiError,
  call,
  type DueCheckView,
  type MoodCheckView,
  type MoodsView,
  type Reply,
} from '$lib/api';
import { t, todayIso } from '$lib/i18n';
import { needsNote, sideWords } from '$lib/widgets/moods';

const most = 500;
type Done = 'saved' | 'skipped' | 'later';
const keyOf = (check: DueCheckView): string => `${check.engagement_id} ${check.side}`;

/** One pass through all due checks of the person who works here, one after the other. */
export class MoodPass {
  checks = $state.raw<DueCheckView[] | null>(null);
  failure = $state.raw<ApiError | null>(null);
  at = $state(0);
  /** What became of each check, by its place. */
  fates = $state.raw<Readonly<Record<number, Done>>>({});
  score = $state<number | null>(null);
  note = $state('');
  reason = $state('');
  mode = $state<'score' | 'skip'>('score');
  promising = $state(false);
  busy = $state(false);
  tried = $state(false);
  /** Checks that are still due at the end: left for later, undone, or new. */
  left = $state(0);
  details = $state.raw<{ id: string; moods: MoodsView } | null>(null);
  readonly current = $derived(this.checks?.[this.at]);
  readonly total = $derived(this.checks?.length ?? 0);
  readonly finished = $derived(this.checks !== null && this.total > 0 && this.at >= this.total);
  readonly noteMissing = $derived(
    this.tried && this.score !== null && needsNote(this.score) && this.note.trim() === '',
  );
  readonly reasonMissing = $derived(this.tried && this.reason.trim() === '');
  readonly scoreMissing = $derived(this.tried && this.score === null);
  /** The last check of this side, skipped ones included. */
  readonly last = $derived.by<MoodCheckView | undefined>(() => {
    const { current, details } = this;
    if (current === undefined || details?.id !== current.engagement_id) return undefined;
    return details.moods[current.side].checks.at(-1);
  });

  count(what: Done): number {
    return Object.values(this.fates).filter((fate) => fate === what).length;
  }

  /** Asks which checks are due now, and begins with the first. */
  start = async (): Promise<void> => {
    try {
      const due = await this.#due(most);
      this.checks = due.rows;
      this.failure = null;
    } catch (raw) {
      this.failure = ApiError.from(raw);
    }
    this.fates = {};
    this.#go(0);
  };

  #due(count: number): Promise<Reply<'list_due'>> {
    const owner_id = session.me?.id;
    return call('list_due', { ...(owner_id ? { owner_id } : {}), count });
  }

  /** Not all that was gone through is settled. */
  async #countLeft(): Promise<void> {
    this.left = (await this.#due(1).catch(() => null))?.count ?? this.count('later');
  }

  #go(at: number): void {
    this.at = at;
    this.score = null;
    this.note = this.reason = '';
    this.mode = 'score';
    this.promising = this.tried = false;
    if (this.finished) void this.#countLeft();
    else void this.#look();
  }

  /** What was said last time. */
  async #look(): Promise<void> {
    const id = this.current?.engagement_id;
    if (id === undefined || this.details?.id === id) return;
    const moods = await call('moods', { engagement_id: id }).catch(() => null);
    if (moods !== null && this.current?.engagement_id === id) this.details = { id, moods };
  }

  choose = (score: number): void => {
    this.mode = 'score';
    this.score = score;
    this.tried = false;
  };

  startSkip = (): void => {
    this.mode = 'skip';
    this.tried = false;
  };

  cancelSkip = (): void => {
    this.mode = 'score';
    this.tried = false;
  };

  later = (): void => this.#close('later');

  open = (): void => {
    const { current } = this;
    if (current) router.go({ name: 'engagement', id: current.engagement_id, tab: 'moods' });
  };

  save = async (): Promise<boolean> => {
    const { current, score } = this;
    this.tried = true;
    if (current === undefined || score === null || this.noteMissing || this.busy) return false;
    const { engagement_id, side } = current;
    const words = { side: sideWords(side), client: current.account, score };
    return this.#act('saved', (onundone) =>
      act(
        'record_mood',
        { engagement_id, side, score, note: this.note.trim() || null },
        { done: t('mood-saved-toast', words), onundone },
      ),
    );
  };

  skip = async (): Promise<boolean> => {
    const { current } = this;
    this.tried = true;
    if (current === undefined || this.reasonMissing || this.busy) return false;
    const { engagement_id, side } = current;
    const words = { side: sideWords(side), client: current.account };
    return this.#act('skipped', (onundone) =>
      act(
        'skip_mood',
        { engagement_id, side, reason: this.reason.trim() },
        { done: t('mood-skipped-toast', words), onundone },
      ),
    );
  };

  promise = async (wording: string): Promise<boolean> => {
    const { current } = this;
    if (current === undefined) return false;
    const { engagement_id } = current;
    const args = { engagement_id, kind: 'delivery' as const, wording, promised_on: todayIso() };
    const done = await act('log_promise', args, { done: t('promise-logged-toast') });
    if (done !== undefined) this.promising = false;
    return done !== undefined;
  };

  async #act(fate: Done, what: (onundone: () => void) => Promise<unknown>): Promise<boolean> {
    const { at } = this;
    this.busy = true;
    const done = await what(() => this.#reopen(at));
    this.busy = false;
    if (done === undefined) return false;
    // What was said last time is not the last time any more.
    this.details = null;
    this.#close(fate);
    return true;
  }

  #close(fate: Done): void {
    this.fates = { ...this.fates, [this.at]: fate };
    let next = this.at + 1;
    while (next < this.total && this.fates[next] !== undefined) next += 1;
    this.#go(next);
  }

  /** Its act was undone: it is asked again. */
  #reopen(at: number): void {
    const others = Object.entries(this.fates).filter(([place]) => Number(place) !== at);
    this.fates = Object.fromEntries(others);
    this.details = null;
    this.#go(at);
  }

  readonly nowKey = $derived(this.current === undefined ? '' : keyOf(this.current));
}
