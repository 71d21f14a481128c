import { session } from '$app/session';
import type { Args, Status } from '$lib/api';
import { t, tKey } from '$lib/i18n';

type Asked = Partial<Args<'list_engagements'>>;

export interface Chip {
  id: string;
  /** Of the same group only one holds. */
  group: string;
  label: string;
  args: Asked;
}

const kinds = ['post-sales', 'kick-off', 'execution', 'closure', 'renewal'] as const;
const statuses: Status[] = ['active', 'renewed', 'ended', 'churned'];
const soon = 90;

/** Everything that the list can be narrowed to, as parts of one sentence. */
function all(): Chip[] {
  const me = session.me?.id;
  return [
    ...(me === undefined
      ? []
      : [{ id: 'mine', group: 'mine', label: t('list-chip-mine'), args: { seller_id: me } }]),
    { id: 'low', group: 'low', label: t('list-chip-low-mood'), args: { low_mood: true } },
    { id: 'breached', group: 'breached', label: t('list-chip-breached'), args: { breached: true } },
    { id: 'returned', group: 'returned', label: t('list-chip-returned'), args: { returned: true } },
    {
      id: 'ending',
      group: 'ending',
      label: t('list-chip-ending', { days: soon }),
      args: { ends_within_days: soon },
    },
    ...statuses.map((status) => ({
      id: status,
      group: 'status',
      label: tKey('list-chip-status', status),
      args: { status },
    })),
    ...kinds.map((kind) => ({
      id: kind,
      group: 'kind',
      label: t('list-chip-stage', { stage: tKey('stage', kind) }),
      args: { kind },
    })),
  ];
}

/** What the list is narrowed to: kept while one looks at an engagement and comes back. */
class Chosen {
  ids = $state.raw<string[]>([]);
  readonly #all = $derived(all());
  readonly chips = $derived(
    this.ids.flatMap((id) => this.#all.find((chip) => chip.id === id) ?? []),
  );
  readonly rest = $derived(this.#all.filter(({ id }) => !this.ids.includes(id)));
  readonly args = $derived<Asked>(Object.assign({}, ...this.chips.map(({ args }) => args)));

  add = (chip: Chip): void => {
    const same = this.chips.filter(({ group }) => group === chip.group).map(({ id }) => id);
    this.ids = [...this.ids.filter((id) => !same.includes(id)), chip.id];
  };

  remove = (id: string): void => {
    this.ids = this.ids.filter((one) => one !== id);
  };

  clear = (): void => {
    this.ids = [];
  };
}

export const chosen = new Chosen();
