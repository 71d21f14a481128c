import type { Snippet } from 'svelte';
import type { CardView, ListSort } from '$lib/api';
import { fmt, t, tKey } from '$lib/i18n';
import type { GridColumn } from '$lib/kit';
import { reading } from '$lib/widgets/moods';

const sorts: readonly ListSort[] = ['name', 'account', 'owner', 'stage', 'signed_on', 'value'];

export const isSort = (id: string): id is ListSort => sorts.some((sort) => sort === id);

/** Columns that give way first, by the room there is; the side view says them all. */
const widest = ['client_mood', 'team_mood', 'contract_end'];
const wide = ['owner', 'signed_on'];
const medium = ['account'];

export type Room = 'widest' | 'wide' | 'medium' | 'small';

const mood = (tenths: number | null): string => (tenths === null ? '' : reading(tenths));

export function columns(gate: Snippet<[CardView]>, room: Room): GridColumn<CardView>[] {
  const gone: string[] = {
    widest: [],
    wide: widest,
    medium: [...widest, ...wide],
    small: [...widest, ...wide, ...medium],
  }[room];
  const all: GridColumn<CardView>[] = [
    {
      id: 'name',
      label: t('list-name'),
      width: 'minmax(9rem, 2fr)',
      sortable: true,
      text: (card) => card.name,
    },
    {
      id: 'account',
      label: t('list-account'),
      width: 'minmax(7rem, 1.4fr)',
      sortable: true,
      text: (card) => card.account,
    },
    {
      id: 'stage',
      label: t('list-stage'),
      width: 'minmax(5rem, 0.8fr)',
      sortable: true,
      text: (card) => tKey('stage', card.stage),
    },
    {
      id: 'gate',
      label: t('list-gate'),
      width: 'minmax(7.5rem, 0.9fr)',
      text: () => '',
      cell: gate,
    },
    {
      id: 'owner',
      label: t('list-owner'),
      width: 'minmax(6rem, 1fr)',
      sortable: true,
      text: (card) => card.owner ?? t('card-no-owner'),
    },
    {
      id: 'client_mood',
      label: t('mood-side-client'),
      width: 'minmax(5.5rem, 0.4fr)',
      align: 'end',
      text: (card) => mood(card.client_mood),
    },
    {
      id: 'team_mood',
      label: t('mood-side-team'),
      width: 'minmax(5.5rem, 0.4fr)',
      align: 'end',
      text: (card) => mood(card.team_mood),
    },
    {
      id: 'contract_end',
      label: t('list-contract-end'),
      width: 'minmax(6.5rem, 0.6fr)',
      align: 'end',
      text: (card) => fmt.date(card.contract_end_on),
    },
    {
      id: 'signed_on',
      label: t('list-signed-on'),
      width: 'minmax(6rem, 0.7fr)',
      align: 'end',
      sortable: true,
      text: (card) => fmt.date(card.signed_on),
    },
    {
      id: 'value',
      label: t('list-value'),
      width: 'minmax(6rem, 0.7fr)',
      align: 'end',
      sortable: true,
      text: (card) => fmt.money(card.value),
    },
  ];
  return all.filter(({ id }) => !gone.includes(id));
}
