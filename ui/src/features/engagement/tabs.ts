import type { EngagementView } from '$lib/api';
import { t } from '$lib/i18n';

export type EngagementTab = 'pipeline' | 'handover' | 'promises' | 'history';

interface TabHead {
  id: EngagementTab;
  label: string;
  count?: number;
  tone?: 'warn' | 'bad';
}

/** The heads of the four tabs, with what waits behind each. */
export function tabHeads(view: EngagementView): TabHead[] {
  const returned = view.handover.state === 'returned';
  const openPromises = view.promises.filter((promise) => promise.state === 'open').length;
  return [
    {
      id: 'pipeline',
      label: t('engagement-tab-checklist'),
      count: view.open_items.length || undefined,
      tone: view.breaches.length ? 'bad' : undefined,
    },
    { id: 'handover', label: t('engagement-tab-handover'), tone: returned ? 'warn' : undefined },
    { id: 'promises', label: t('engagement-tab-promises'), count: openPromises || undefined },
    { id: 'history', label: t('engagement-tab-history') },
  ];
}

export function isTab(value: string): value is EngagementTab {
  return ['pipeline', 'handover', 'promises', 'history'].includes(value);
}
