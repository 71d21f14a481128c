import { call, type CardView, type ListSort, type StageKind } from '$lib/api';
import { filter } from '$lib/widgets/filter.svelte';
import { isSort, type Room } from './columns';

export const kinds: StageKind[] = ['post-sales', 'kick-off', 'execution', 'closure', 'renewal'];

/** How much room the rows have in a window of this width. */
export function roomFor(width: number, peeking: boolean): Room {
  if (width < 720) return 'small';
  return peeking || width < 1000 ? 'medium' : 'wide';
}

/** What the list shows and in which order. */
export class List {
  kind = $state('');
  sort = $state<ListSort>('name');
  descending = $state(false);
  peeking = $state(false);
  current = $state.raw<CardView | null>(null);
  /** Counts the changes, so that rows are asked again. */
  turn = $state(0);
  readonly filtered = $derived(filter.active || this.kind !== '');
  readonly asked = $derived({
    ...filter.args,
    sort: this.sort,
    descending: this.descending,
    ...(this.kind === '' ? {} : { kind: kinds.find((one) => one === this.kind) }),
  });
  readonly version = $derived(`${this.turn} ${JSON.stringify(this.asked)}`);

  readonly load = async (from: number, count: number): Promise<CardView[]> =>
    (await call('list_engagements', { ...this.asked, from, count })).rows;

  readonly onsort = (id: string): void => {
    if (!isSort(id)) return;
    this.descending = this.sort === id ? !this.descending : false;
    this.sort = id;
  };

  readonly clear = (): void => {
    filter.clear();
    this.kind = '';
  };
}
