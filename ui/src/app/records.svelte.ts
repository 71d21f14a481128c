import { call, type SearchGroup } from '$lib/api';
import { fmt, plain, t, tKey } from '$lib/i18n';
import type { PaletteItem } from '$lib/kit';
import { cardTitle } from '$lib/widgets/cardTitle';
import { router, type Route } from './router';

const pause = 120;
const few = 6;
/** The core counts no further. */
const many = 1000;

const places: Record<string, (id: string) => Route> = {
  account: (id) => ({ name: 'account', id }),
  contact: (id) => ({ name: 'account', id }),
  engagement: (id) => ({ name: 'engagement', id }),
  promise: (id) => ({ name: 'engagement', id, tab: 'promises' }),
  person: () => ({ name: 'people' }),
  product: () => ({ name: 'products' }),
};

function itemsOf({ kind, count, rows }: SearchGroup): PaletteItem[] {
  const shown =
    count < many ? fmt.number(count) : t('palette-many', { count: fmt.number(many - 1) });
  const group = plain(t('palette-group', { kind: tKey('search-kind', kind), count: shown }));
  return rows.map(({ id, name, of }) => ({
    id: `record:${kind}:${id}`,
    label: kind === 'engagement' && of !== null ? cardTitle({ name, account: of }) : name,
    ...(kind === 'engagement' || of === null ? {} : { hint: of }),
    group,
  }));
}

/** What the store holds for the words in the palette. */
export class Records {
  found = $state.raw<PaletteItem[]>([]);
  status = $state('');
  #groups: SearchGroup[] = [];
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Asks when the typing rests. */
  ask = (text: string): void => {
    const words = text.trim();
    const turn = ++this.#turn;
    clearTimeout(this.#timer);
    if (words.length < 2) this.#take([], '');
    else this.#timer = setTimeout(() => void this.#search(words, turn), pause);
  };

  /** Opens a record; false if it is something else. */
  open(id: string): boolean {
    const [mark, kind = '', ...rest] = id.split(':');
    if (mark !== 'record') return false;
    const group = this.#groups.find((one) => one.kind === kind);
    const row = group?.rows.find((one) => one.id === rest.join(':'));
    const place = places[kind];
    if (row !== undefined && place !== undefined) router.go(place(row.open_id ?? row.id));
    return true;
  }

  async #search(words: string, turn: number): Promise<void> {
    const reply = await call('search', { words, count: few }).catch(() => null);
    if (turn !== this.#turn) return;
    const groups = reply?.groups ?? [];
    const count = groups.reduce((sum, group) => sum + group.count, 0);
    this.#groups = groups;
    this.#take(groups.flatMap(itemsOf), plain(t('palette-found', { count })));
  }

  #take(found: PaletteItem[], status: string): void {
    this.found = found;
    this.status = status;
  }
}
