import { expect, it } from 'vitest';
import { readTime, timeText } from './time';

it('times are read as people type them, and only if they exist', () => {
  for (const text of ['18:30', '18.30', '1830', ' ۱۸:۳۰ ']) expect(readTime(text)).toBe(1110);
  expect(readTime('8')).toBe(480);
  for (const text of ['24:00', '18:60', 'noon', '']) expect(readTime(text)).toBeNull();
});

it('every minute of a day survives', () => {
  for (let minute = 0; minute < 1440; minute += 1) expect(readTime(timeText(minute))).toBe(minute);
});
