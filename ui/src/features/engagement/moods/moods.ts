import type { MoodCheckView, MoodsView, Side } from '$lib/api';
import { fmt, t } from '$lib/i18n';
import type { ChartSeries } from '$lib/kit';
import { reading, sideWords } from '$lib/widgets/moods';

export const SIDES: readonly Side[] = ['client', 'team'];

export interface SidedCheck {
  side: Side;
  check: MoodCheckView;
}

/** Every check of both sides, the newest first. */
export function allChecks(moods: MoodsView): SidedCheck[] {
  return SIDES.flatMap((side) => moods[side].checks.map((check) => ({ side, check }))).sort(
    (a, b) => b.check.on.localeCompare(a.check.on) || a.side.localeCompare(b.side),
  );
}

const at = (iso: string): number => Date.parse(`${iso}T00:00:00Z`);

/** The curves of both sides. */
export function curves(moods: MoodsView): ChartSeries[] {
  return SIDES.map((side) => ({
    id: side,
    label: side === 'client' ? t('moods-legend-client') : t('moods-legend-team'),
    points: moods[side].checks.map(({ on, tenths }) => {
      const date = fmt.date(on);
      return {
        at: at(on),
        value: tenths === null ? null : tenths / 10,
        label:
          tenths === null
            ? t('moods-point-skipped', { side: sideWords(side), date })
            : t('moods-point', { side: sideWords(side), date, score: reading(tenths) }),
      };
    }),
  }));
}

/** What the chart shows, for those who do not see it. */
export function summaryOf(moods: MoodsView): string {
  const last = (side: Side): string => {
    const check = moods[side].checks.findLast(({ tenths }) => tenths !== null);
    return check?.tenths
      ? t('moods-chart-last', { score: reading(check.tenths), date: fmt.date(check.on) })
      : t('moods-chart-none');
  };
  return t('moods-chart-summary', { client: last('client'), team: last('team') });
}
