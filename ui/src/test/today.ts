import type { TodayKind, TodayRow, TodayView } from '$lib/api';

/** A row of Today, as the core gives it. */
export const todayRow = (kind: TodayKind, i: number, more: Partial<TodayRow> = {}): TodayRow => ({
  kind,
  engagement_id: `${kind}-${i}`,
  engagement: `Rollout ${i}`,
  account: 'Baltica Care',
  stage: 'kick-off',
  side: null,
  on: null,
  days_late: null,
  person: 'Ola Nowak',
  item_ids: [],
  item_count: 0,
  ...more,
});

/** One of each kind. */
export const everyKind = (): TodayRow[] => [
  todayRow('breach', 0, { item_ids: ['scope_confirmed'], item_count: 1 }),
  todayRow('returned_handover', 0, { item_ids: ['scope', 'schedule'], item_count: 2 }),
  todayRow('handover_to_accept', 0),
  todayRow('mood_check', 0, { side: 'client', on: '2026-11-18', days_late: 4 }),
  todayRow('mood_check', 1, { side: 'team', on: '2026-11-22', days_late: 0 }),
  todayRow('renewal', 0, { on: '2026-12-04', days_late: -12 }),
  todayRow('open_items', 0, {
    item_ids: ['kick_off_held', 'accesses_received', 'channels_agreed', 'team_introduced'],
    item_count: 6,
  }),
  todayRow('waiting_for_answer', 0),
];

/** What the core answers to `today`. */
export function todayView(
  all: TodayRow[],
  { kind, from, count }: Record<string, unknown>,
): TodayView {
  const wanted = all.filter((row) =>
    kind === null || kind === undefined
      ? row.kind !== 'waiting_for_answer'
      : row.kind === (kind as string),
  );
  const kinds = [...new Set(all.map((row) => row.kind))];
  const start = Number(from ?? 0);
  return {
    today: '2026-11-22',
    counts: kinds.map((one) => ({
      kind: one,
      count: all.filter((row) => row.kind === one).length,
    })),
    count: wanted.length,
    from: start,
    rows: wanted.slice(start, start + Number(count ?? 200)),
  };
}
