import type { EngagementTab } from '$app/router';
import type { TodayKind, TodayRow } from '$lib/api';
import { fmt, t, tKey } from '$lib/i18n';
import { sideWords } from '$lib/widgets/moods';

const named = 3;

function some(prefix: string, ids: string[], count: number): string {
  const names = ids.slice(0, named).map((id) => tKey(prefix, id));
  const more = count - names.length;
  return more > 0
    ? t('today-items-more', { items: names.join(', '), count: more })
    : t('today-items', { items: fmt.list(names) });
}

/** What a row is about, in one line. */
export function whatWords(row: TodayRow): string {
  const person = row.person ?? t('today-somebody');
  const date = fmt.dateShort(row.on);
  switch (row.kind) {
    case 'breach':
      return row.item_ids.length === 0
        ? t('today-breach-bare')
        : t('today-breach', { items: some('item', row.item_ids, row.item_count) });
    case 'returned_handover':
      return row.item_ids.length === 0
        ? t('today-returned-bare', { person })
        : t('today-returned', { person, points: some('point', row.item_ids, row.item_count) });
    case 'handover_to_accept':
      return t('today-accept', { person });
    case 'mood_check':
      return t('today-mood', { side: sideWords(row.side ?? 'client'), date });
    case 'renewal':
      return (row.days_late ?? 0) > 0
        ? t('today-renewal-over', { date })
        : t('today-renewal', { date });
    case 'open_items':
      return some('item', row.item_ids, row.item_count);
    case 'waiting_for_answer':
      return t('today-waiting-for', { person });
  }
}

/** What its button says; a mood check has its own. */
export function actWords(kind: TodayKind): string {
  if (kind === 'returned_handover') return t('today-open-points');
  if (kind === 'handover_to_accept') return t('today-open-handover');
  return kind === 'renewal' ? t('today-open-renewal') : t('today-open-checklist');
}

/** Where the engagement opens: at what the row is about. */
export function placeOf(row: TodayRow): { tab: EngagementTab; focus?: string } {
  const focus = row.item_ids[0];
  switch (row.kind) {
    case 'returned_handover':
      return { tab: 'handover', focus };
    case 'handover_to_accept':
    case 'waiting_for_answer':
      return { tab: 'handover', focus: 'acceptance' };
    case 'mood_check':
      return { tab: 'moods' };
    case 'renewal':
      return { tab: 'pipeline', focus: 'renewal_decision' };
    case 'breach':
    case 'open_items':
      return { tab: 'pipeline', focus };
  }
}
