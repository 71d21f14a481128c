import { describe, expect, it } from 'vitest';
import { parseDate, todayIso } from './dates';

const today = '2026-11-21'; // a Saturday

describe('dates as people type them', () => {
  it.each([
    ['2026-12-03', '2026-12-03'],
    ['20261203', '2026-12-03'],
    ['2026/12/3', '2026-12-03'],
    ['3.12', '2026-12-03'],
    ['3.12.', '2026-12-03'],
    ['3.12.27', '2027-12-03'],
    ['03.12.2025', '2025-12-03'],
    ['3 dec', '2026-12-03'],
    ['Dec 3, 2026', '2026-12-03'],
    ['3 December 2026', '2026-12-03'],
    ['today', today],
    ['Tomorrow', '2026-11-22'],
    ['yesterday', '2026-11-20'],
    ['+2w', '2026-12-05'],
    ['+ 3', '2026-11-24'],
    ['-1d', '2026-11-20'],
    ['+1m', '2026-12-21'],
    ['+1y', '2027-11-21'],
    ['fri', '2026-11-27'],
    ['sat', '2026-11-28'],
    ['last fri', '2026-11-20'],
    ['last sat', '2026-11-14'],
    ['31/12', '2026-12-31'],
    ['12/31/2026', '2026-12-31'],
    ['۳.۱۲', '2026-12-03'],
    ['  3.12 ', '2026-12-03'],
  ])('reads %s', (typed, iso) => {
    expect(parseDate(typed, today)).toBe(iso);
  });

  it.each(['', 'soon', '31.2', '2026-02-30', '3/12', '32.1', '5', 'dec', '99999999'])(
    'does not guess %j',
    (typed) => {
      expect(parseDate(typed, today)).toBeNull();
    },
  );

  it('takes the year that is nearest', () => {
    expect(parseDate('3.1', today)).toBe('2027-01-03');
    expect(parseDate('20.12', '2026-01-05')).toBe('2025-12-20');
  });

  it('keeps to the end of a shorter month', () => {
    expect(parseDate('+1m', '2026-01-31')).toBe('2026-02-28');
  });

  it('knows the day of this laptop', () => {
    expect(todayIso(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
  });
});
