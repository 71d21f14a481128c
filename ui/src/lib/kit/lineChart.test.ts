import { describe, expect, it } from 'vitest';
import { ChartScale, type ChartSeries } from './lineChart';

const day = 86_400_000;
const series: ChartSeries[] = [
  {
    id: 'a',
    label: 'A',
    points: [
      { at: 0, value: 5, label: '' },
      { at: 10 * day, value: null, label: '' },
      { at: 20 * day, value: 1, label: '' },
    ],
  },
  { id: 'b', label: 'B', points: [{ at: 20 * day, value: 1, label: '' }] },
];
const frame = { inlineSize: 600, blockSize: 200, low: 1, high: 5, rtl: false };

describe('the places in a chart', () => {
  const scale = new ChartScale(frame, series);

  it('put later to the end of the line of reading, in either direction', () => {
    expect(scale.x(0)).toBeLessThan(scale.x(20 * day));
    const mirrored = new ChartScale({ ...frame, rtl: true }, series);
    expect(mirrored.x(0)).toBeGreaterThan(mirrored.x(20 * day));
    expect(mirrored.x(0)).toBe(600 - scale.x(0));
  });

  it('put more above less', () => {
    expect(scale.y(5)).toBeLessThan(scale.y(1));
    expect(scale.lane).toBeGreaterThan(scale.y(1));
  });

  it('draw the line past what was left out', () => {
    expect(scale.path(series[0]!.points).match(/[ML]/g)).toEqual(['M', 'L']);
  });

  it('keep the names at the ends apart', () => {
    const [one = 0, other = 0] = [...scale.names(series).values()];
    expect(Math.abs(one - other)).toBeGreaterThanOrEqual(14);
  });

  it('have whole days, the first and the last among them, and stand one day alone', () => {
    const ticks = scale.ticks();
    expect(ticks[0]).toBe(0);
    expect(ticks.at(-1)).toBe(20 * day);
    expect(ticks.every((at) => at % day === 0)).toBe(true);
    const lonely = new ChartScale(frame, [series[1]!]);
    expect(Number.isFinite(lonely.x(20 * day))).toBe(true);
    expect(new ChartScale(frame, []).path([])).toBe('');
  });
});
