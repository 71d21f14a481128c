import type { CardFilter } from '$lib/api';

/** What is looked for: the same on the board and in the list, so that it survives the switch. */
class Filter {
  owner_id = $state('');
  search = $state('');
  readonly active = $derived(this.owner_id !== '' || this.search.trim() !== '');
  readonly args = $derived<CardFilter>({
    ...(this.owner_id === '' ? {} : { owner_id: this.owner_id }),
    ...(this.search.trim() === '' ? {} : { search: this.search.trim() }),
  });

  clear = (): void => {
    this.owner_id = '';
    this.search = '';
  };
}

export const filter = new Filter();
