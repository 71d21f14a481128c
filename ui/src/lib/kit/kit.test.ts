import { describe, expect, it } from 'vitest';
import { rowForKey } from './grid';
import { moneyText, parseMoney } from './money';
import { matching, score } from './palette';
import { Rows, visible } from './windowing.svelte';

describe('amounts', () => {
  it.each([
    ['12500', 2, 1_250_000],
    ['12 500,50', 2, 1_250_050],
    ['1,234.5', 2, 123_450],
    ['1.234,50', 2, 123_450],
    ['1,234', 2, 123_400],
    ['1.234.567', 2, 123_456_700],
    ['0.99', 2, 99],
    ['500', 0, 500],
    ['۱۲', 2, 1200],
    ['', 2, null],
    ['12k', 2, undefined],
    ['1.2345', 2, undefined],
  ])('reads %s', (typed, digits, minor) => {
    expect(parseMoney(typed, digits)).toBe(minor);
  });

  it('writes what it can read again', () => {
    for (const minor of [0, 5, 99, 100, 123_456, 100_000]) {
      expect(parseMoney(moneyText(minor, 2), 2)).toBe(minor);
    }
  });
});

describe('the window of a long list', () => {
  it('mounts what can be seen and a little more', () => {
    expect(visible(0, 800, 40, 100_000, 800)).toEqual({ first: 0, last: 28 });
    expect(visible(400_000, 800, 40, 100_000, 800).first).toBe(9996);
  });

  it('stays small when the stylesheet is late and the scroller as high as its content', () => {
    const { first, last } = visible(0, 4_000_000, 40, 100_000, 800);
    expect(last - first).toBeLessThan(60);
  });

  it('ends with the list', () => {
    expect(visible(1e9, 800, 40, 50, 800)).toEqual({ first: 26, last: 49 });
    expect(visible(0, 800, 40, 0, 800).last).toBe(-1);
  });

  it('asks for each block once, and again after a change', async () => {
    const asked: number[] = [];
    const rows = new Rows<number>(() => (from, count) => {
      asked.push(from);
      return Promise.resolve(Array.from({ length: count }, (_, i) => from + i));
    });
    await rows.need(0, 130, 1000);
    await rows.need(10, 140, 1000);
    expect(asked).toEqual([0, 60, 120]);
    expect(rows.at(125)).toBe(125);
    rows.renew();
    await rows.need(0, 10, 1000);
    expect(asked).toEqual([0, 60, 120, 0]);
  });

  it('lets go of what is far away', async () => {
    const rows = new Rows<number>(
      () => (from, count) => Promise.resolve(Array.from({ length: count }, (_, i) => from + i)),
    );
    for (let at = 0; at < 40; at += 1) await rows.need(at * 60, at * 60 + 10, 100_000);
    expect(rows.blocks.size).toBeLessThanOrEqual(12);
    expect(rows.at(0)).toBeUndefined();
    await rows.need(0, 10, 100_000);
    expect(rows.at(0)).toBe(0);
  });
});

describe('keys in a list', () => {
  it('stop at both ends', () => {
    expect(rowForKey('ArrowDown', 9, 10, 5)).toBe(9);
    expect(rowForKey('ArrowUp', 0, 10, 5)).toBe(0);
    expect(rowForKey('PageDown', 2, 10, 5)).toBe(7);
    expect(rowForKey('End', 2, 10, 5)).toBe(9);
    expect(rowForKey('x', 2, 10, 5)).toBeNull();
  });
});

describe('the palette', () => {
  const items = [
    { id: 'a', label: 'Move to the next stage' },
    { id: 'b', label: 'Import a file', words: 'csv crm' },
    { id: 'c', label: 'Zażółć' },
  ];

  it('finds by words, synonyms and letters in order', () => {
    expect(matching(items, 'move')[0]?.id).toBe('a');
    expect(matching(items, 'csv')[0]?.id).toBe('b');
    expect(matching(items, 'zazolc')).toHaveLength(0);
    expect(matching(items, 'zazo')[0]?.id).toBe('c');
    expect(matching(items, 'mns')[0]?.id).toBe('a');
    expect(matching(items, '')).toHaveLength(3);
  });

  it('puts the start of a word first', () => {
    expect(score('Import', 'imp')).toBeGreaterThan(score('Re-Import', 'imp'));
    expect(score('Re-Import', 'imp')).toBeGreaterThan(score('Limpid', 'imp'));
  });
});
