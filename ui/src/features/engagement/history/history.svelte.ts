import { act } from '$lib/acts';
import { call } from '$lib/api';
import type { HistoryChange, HistoryEntry } from '$lib/api';
import { t } from '$lib/i18n';
import { successor, type Successor } from '$lib/successor';
import type { EngagementScreen } from '../engagement.svelte';
import { fieldWords, type Reader } from './words';

/** The history on the screen: how long it is, and the act that is looked at. */
export class HistoryScreen {
  readonly screen: EngagementScreen;
  count = $state<number | null>(null);
  version = $state(0);
  chosen = $state.raw<HistoryEntry | null>(null);

  constructor(screen: EngagementScreen) {
    this.screen = screen;
  }

  /** What the core would refuse now is not offered: one that ended neither moves nor gets another contract end. */
  canUndo(entry: HistoryEntry): boolean {
    return entry.can_undo && (entry.command !== 'move_stage' || this.screen.isRunning);
  }

  /** The engagement that the decision opened: undoing the one takes the other away. */
  async takenAlong({ command, changes, undone }: HistoryEntry): Promise<Successor | null> {
    if (command !== 'decide_renewal' || undone) return null;
    // In its own history it stands as the act that created it.
    const ids = changes.map(({ kind, value }) =>
      kind === 'create' ? this.screen.id : (value as { next?: unknown } | null)?.next,
    );
    const next = ids.find((id) => typeof id === 'string');
    return next === undefined ? null : successor(next).catch(() => null);
  }

  canRestore(change: HistoryChange): boolean {
    return change.can_restore && (change.field !== 'contract_end_on' || this.screen.isRunning);
  }

  get reader(): Reader {
    const { people, view } = this.screen;
    return { people, promises: view?.promises ?? [], currency: view?.currency ?? null };
  }

  load = async (from: number, count: number): Promise<HistoryEntry[]> => {
    const window = await call('history', { engagement_id: this.screen.id, from, count });
    this.count = window.count;
    const again = window.rows.find((row) => row.act_id === this.chosen?.act_id);
    if (again) this.chosen = again;
    return window.rows;
  };

  /** Asks for the length again and drops the rows that were read. */
  async renew(): Promise<void> {
    const rows = await this.load(0, 1);
    this.chosen ??= rows[0] ?? null;
    this.version += 1;
  }

  async restore(change: HistoryChange): Promise<void> {
    const done = t('history-restored-toast', { field: fieldWords(change) });
    const view = await act('restore', { operation_id: change.operation_id }, { done });
    if (view) this.screen.take(view);
  }
}
