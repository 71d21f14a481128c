import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import Flag from '@lucide/svelte/icons/flag';
import FastForward from '@lucide/svelte/icons/fast-forward';
import Pencil from '@lucide/svelte/icons/pencil';
import Trash2 from '@lucide/svelte/icons/trash-2';
import Undo2 from '@lucide/svelte/icons/undo-2';
import type { EngagementView } from '$lib/api';
import { fmt, t, tKey } from '$lib/i18n';
import type { MenuItem } from '$lib/kit';
import type { EngagementScreen } from './engagement.svelte';

/** What is rarely done with an engagement: back to an earlier stage, another name, delete. */
export function rareActs(screen: EngagementScreen, view: EngagementView): MenuItem[] {
  const earlier = screen.isRunning
    ? view.stages.filter((stage) => stage.state === 'passed').reverse()
    : [];
  return [
    ...earlier.map((stage) => ({
      id: `back-${stage.id}`,
      label: t('engagement-move-back', { stage: tKey('stage', stage.id) }),
      icon: Undo2,
      run: () => screen.move(stage.id),
    })),
    ...(earlier.length ? [{ separator: true as const }] : []),
    ...(screen.isNew
      ? [
          {
            id: 'take-over',
            label: t('take-over-act'),
            icon: FastForward,
            run: () => (screen.takingOver = true),
          },
        ]
      : []),
    ...(screen.isRunning
      ? [
          {
            id: 'decide',
            label: t('renewal-act'),
            icon: Flag,
            run: () => (screen.deciding = true),
          },
          {
            id: 'contract-end',
            label: t('contract-end-title'),
            icon: CalendarClock,
            run: () => (screen.datingEnd = true),
          },
        ]
      : []),
    {
      id: 'rename',
      label: t('engagement-rename'),
      icon: Pencil,
      run: () => (screen.renaming = true),
    },
    {
      id: 'delete',
      label: t('engagement-delete'),
      icon: Trash2,
      danger: true,
      run: () => screen.remove(),
    },
  ];
}

/** Whether the gate ahead is open, in words. */
export function gateWords(view: EngagementView): string {
  if (view.next_stage === null) return t('engagement-move-last');
  const stage = tKey('stage', view.stage);
  if (view.open_items.length) {
    return t('engagement-move-closed', { count: view.open_items.length, stage });
  }
  const here = view.stages.find((one) => one.id === view.stage);
  const items = here?.steps.flatMap((step) => step.items) ?? [];
  if (items.some((item) => item.overridden && !item.done)) {
    return t('engagement-move-overridden', { stage });
  }
  return view.blocks.length
    ? t('engagement-move-blocked', { count: view.blocks.length, stage })
    : t('engagement-move-ready', { stage });
}

/** What identifies an engagement at a glance. */
export function headFacts(view: EngagementView): { label: string; value: string }[] {
  return [
    { label: t('engagement-owner'), value: view.owner ?? t('engagement-owner-none') },
    {
      label: t('engagement-value'),
      value: view.value ? fmt.money(view.value) : t('engagement-value-none'),
    },
    {
      label: t('engagement-signed'),
      value: view.signed_on ? fmt.date(view.signed_on) : t('engagement-signed-none'),
    },
    ...(view.product ? [{ label: t('engagement-product'), value: view.product }] : []),
    { label: t('engagement-stage'), value: tKey('stage', view.stage) },
  ];
}
