import { onDestroy } from 'svelte';
import { call, onChanged, query, type Args, type Query, type Reply } from '$lib/api';

/** What the core lists by a count and windows of rows. */
type Lists = 'list_accounts' | 'list_engagements';

export type RowOf<N extends Lists> = Reply<N>['rows'][number];

/** Long lists of the core, narrowed by a question: how many rows there are, and windows of them. In a component only. */
export class Listing<N extends Lists> {
  /** Counts the changes, so that rows are asked again. */
  #turn = $state(0);
  readonly #name: N;
  readonly #asked: () => Omit<Args<N>, 'from' | 'count'>;
  /** The first row, and with it the count. */
  readonly first: Query<N>;
  /** Rows of another version are asked again. */
  readonly version = $derived.by(() => `${this.#turn} ${JSON.stringify(this.#asked())}`);
  readonly count = $derived.by(() => this.first.data?.count ?? 0);

  constructor(name: N, asked: () => Omit<Args<N>, 'from' | 'count'>) {
    this.#name = name;
    this.#asked = asked;
    this.first = query(name, () => this.#window(0, 1));
    onDestroy(onChanged(() => (this.#turn += 1)));
  }

  readonly load = async (from: number, count: number): Promise<RowOf<N>[]> =>
    (await call(this.#name, this.#window(from, count))).rows;

  #window(from: number, count: number): Args<N> {
    return { ...this.#asked(), from, count } as Args<N>;
  }
}
