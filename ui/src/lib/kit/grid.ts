import type { Snippet } from 'svelte';

export interface GridColumn<T> {
  id: string;
  label: string;
  /** A track of CSS grid: `minmax(8rem, 2fr)`. */
  width: string;
  align?: 'end';
  sortable?: boolean;
  text: (row: T) => string;
  cell?: Snippet<[T]>;
}

/** The row that a key leads to, or null if the key means something else. */
export function rowForKey(key: string, at: number, count: number, page: number): number | null {
  const last = count - 1;
  const to: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: last,
  };
  const next = to[key];
  return next === undefined ? null : Math.max(0, Math.min(last, next));
}
