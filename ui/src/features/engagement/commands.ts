import type { Command } from '$app/commands';
import { t, tKey } from '$lib/i18n';
import type { EngagementScreen } from './engagement.svelte';
import type { HandoverForm } from './handover/form.svelte';

type Show = (tab: string, target?: string) => void;

/** What can be done with the open engagement, for keys, palette and the shortcut sheet. */
export function engagementCommands(
  screen: EngagementScreen,
  form: HandoverForm,
  show: Show,
): Command[] {
  const group = t('command-group-engagement');
  const loaded = (): boolean => screen.view !== null;
  const alive = (): boolean => screen.view?.deleted === false;
  const next = screen.view?.next_stage;
  return [
    {
      id: 'engagement-move',
      label: next
        ? t('engagement-move', { stage: tKey('stage', next) })
        : t('command-engagement-move'),
      keys: 'M',
      group,
      when: () => screen.isRunning && Boolean(screen.view?.next_stage),
      run: () => {
        const to = screen.view?.next_stage;
        if (to) void screen.move(to);
      },
    },
    {
      id: 'engagement-verify',
      label: t('command-engagement-verify'),
      keys: 'V',
      group,
      when: () => alive() && Boolean(screen.view?.handover.can.verify),
      run: () => void form.verify(),
    },
    {
      id: 'engagement-edit',
      label: t('command-engagement-edit'),
      keys: 'E',
      group,
      when: () => alive() && Boolean(screen.view?.handover.can.fill),
      run: () => show('handover', form.firstToFill()),
    },
    {
      id: 'engagement-checklist',
      label: t('command-engagement-checklist'),
      keys: 'L',
      group,
      when: loaded,
      run: () => show('pipeline'),
    },
    {
      id: 'engagement-handover',
      label: t('command-engagement-handover'),
      keys: 'H',
      group,
      when: loaded,
      run: () => show('handover'),
    },
    {
      id: 'engagement-promises',
      label: t('command-engagement-promises'),
      keys: 'P',
      group,
      when: loaded,
      run: () => show('promises'),
    },
    {
      id: 'engagement-moods',
      label: t('command-engagement-moods'),
      keys: 'F',
      group,
      when: loaded,
      run: () => show('moods'),
    },
    {
      id: 'engagement-history',
      label: t('command-engagement-history'),
      keys: 'Y',
      group,
      when: loaded,
      run: () => show('history'),
    },
    {
      id: 'engagement-promise',
      label: t('command-engagement-promise'),
      group,
      when: alive,
      run: () => show('promises', 'new-promise-wording'),
    },
    {
      id: 'engagement-decide',
      label: t('command-engagement-decide'),
      words: 'renewal churn end expand reduce',
      group,
      when: () => screen.isRunning,
      run: () => (screen.deciding = true),
    },
    {
      id: 'engagement-take-over',
      label: t('command-engagement-take-over'),
      words: 'running already stage',
      group,
      when: () => screen.isNew,
      run: () => (screen.takingOver = true),
    },
    {
      id: 'engagement-contract-end',
      label: t('command-engagement-contract-end'),
      group,
      when: () => screen.isRunning,
      run: () => (screen.datingEnd = true),
    },
    {
      id: 'engagement-rename',
      label: t('command-engagement-rename'),
      group,
      when: alive,
      run: () => (screen.renaming = true),
    },
    {
      id: 'engagement-delete',
      label: t('command-engagement-delete'),
      group,
      when: alive,
      run: () => void screen.remove(),
    },
  ];
}
