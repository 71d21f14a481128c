import type { EngagementView } from '$lib/api';
import { t } from '$lib/i18n';

export type EngagementTab = 'pipeline' | 'handover' | 'promises' | 'moods' | 'history';

interface TabHead {
  id: EngagementTab;
  label: string;
  count?: number;
  tone?: 'warn' | 'bad';
}

/** The heads of the tabs, with what waits behind each. */
export function tabHeads(view: EngagementView): TabHead[] {
  const returned = view.handover.state === 'returned';
  const openPromises = view.promises.filter((promise) => promise.state === 'open').length;
  const due = [view.moods.client, view.moods.team].filter((mood) => mood.days_late > 0).length;
  return [
    {
      id: 'pipeline',
      label: t('engagement-tab-checklist'),
      count: view.open_items.length || undefined,
      tone: view.breaches.length ? 'bad' : undefined,
    },
    { id: 'handover', label: t('engagement-tab-handover'), tone: returned ? 'warn' : undefined },
    { id: 'promises', label: t('engagement-tab-promises'), count: openPromises || undefined },
    {
      id: 'moods',
      label: t('engagement-tab-moods'),
      count: due || undefined,
      tone: due ? 'warn' : undefined,
    },
    { id: 'history', label: t('engagement-tab-history') },
  ];
}

export function isTab(value: string): value is EngagementTab {
  return ['pipeline', 'handover', 'promises', 'moods', 'history'].includes(value);
}
