import type { Snippet } from 'svelte';
import type { AccountRowView } from '$lib/api';
import { fmt, t } from '$lib/i18n';
import type { GridColumn } from '$lib/kit';
import { reading } from '$lib/widgets/moods';

type Cell = Snippet<[AccountRowView]>;

/** Columns that give way first, by the room there is. */
const wide = ['owner', 'contract_end'];
const medium = ['mood', 'engagements'];

export function columns(name: Cell, state: Cell, width: number): GridColumn<AccountRowView>[] {
  const gone = width < 640 ? [...wide, ...medium] : width < 1000 ? wide : [];
  const all: GridColumn<AccountRowView>[] = [
    {
      id: 'name',
      label: t('accounts-name'),
      width: 'minmax(9rem, 2fr)',
      text: (row) => row.name,
      cell: name,
    },
    {
      id: 'state',
      label: t('accounts-state'),
      width: 'minmax(6rem, 0.7fr)',
      text: () => '',
      cell: state,
    },
    {
      id: 'engagements',
      label: t('accounts-engagements'),
      width: 'minmax(7rem, 1fr)',
      text: ({ active_count, engagement_count }) =>
        engagement_count === 0
          ? t('accounts-engagements-none')
          : t('accounts-engagements-of', { active: active_count, count: engagement_count }),
    },
    {
      id: 'owner',
      label: t('accounts-owner'),
      width: 'minmax(7rem, 1fr)',
      text: (row) => row.owner ?? '',
    },
    {
      id: 'mood',
      label: t('accounts-mood'),
      width: 'minmax(7.5rem, 0.6fr)',
      align: 'end',
      text: ({ client_mood }) => (client_mood === null ? '' : reading(client_mood)),
    },
    {
      id: 'contract_end',
      label: t('accounts-contract-end'),
      width: 'minmax(8rem, 0.7fr)',
      align: 'end',
      text: (row) => fmt.date(row.contract_end_on),
    },
  ];
  return all.filter(({ id }) => !gone.includes(id));
}
