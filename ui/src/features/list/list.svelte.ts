import type { CardView, ListSort } from '$lib/api';
import { filter } from '$lib/widgets/filter.svelte';
import { chosen } from './chips.svelte';
import { isSort, type Room } from './columns';

/** How much room the rows have in a window of this width. */
export function roomFor(width: number, peeking: boolean): Room {
  if (width < 720) return 'small';
  if (width >= 1400 && !peeking) return 'widest';
  return peeking || width < 1000 ? 'medium' : 'wide';
}

/** What the list shows and in which order. */
export class List {
  sort = $state<ListSort>('name');
  descending = $state(false);
  peeking = $state(false);
  current = $state.raw<CardView | null>(null);
  readonly filtered = $derived(filter.active || chosen.ids.length > 0);
  readonly asked = $derived({
    ...filter.args,
    ...chosen.args,
    sort: this.sort,
    descending: this.descending,
  });

  readonly onsort = (id: string): void => {
    if (!isSort(id)) return;
    this.descending = this.sort === id ? !this.descending : false;
    this.sort = id;
  };

  readonly clear = (): void => {
    filter.clear();
    chosen.clear();
  };
}
