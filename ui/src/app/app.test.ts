import { describe, expect, it } from 'vitest';
import { isChord, presses } from './keys';
import { hashOf, routeOf, type Route } from './router.svelte';

const press = (key: string, code: string, more: Partial<Record<string, boolean>> = {}) => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

describe('keys', () => {
  it('match letters by what is printed, else by their place', () => {
    expect(presses(press('m', 'KeyM'), 'M')).toBe(true);
    expect(presses(press('m', 'Semicolon'), 'M')).toBe(true);
    expect(presses(press('پ', 'KeyM'), 'M')).toBe(true);
    expect(presses(press('m', 'KeyM', { shiftKey: true }), 'M')).toBe(false);
  });

  it('take Ctrl and Command for the same', () => {
    expect(presses(press('k', 'KeyK', { ctrlKey: true }), 'Ctrl K')).toBe(true);
    expect(presses(press('k', 'KeyK', { metaKey: true }), 'Ctrl K')).toBe(true);
    expect(presses(press('k', 'KeyK'), 'Ctrl K')).toBe(false);
    expect(presses(press('Z', 'KeyZ', { ctrlKey: true, shiftKey: true }), 'Ctrl Shift Z')).toBe(
      true,
    );
    expect(presses(press('Z', 'KeyZ', { ctrlKey: true, shiftKey: true }), 'Ctrl Z')).toBe(false);
  });

  it('match signs by what they print', () => {
    expect(presses(press('?', 'Slash', { shiftKey: true }), '?')).toBe(true);
    expect(presses(press('?', 'Minus', { shiftKey: true }), '?')).toBe(true);
    expect(presses(press('=', 'Equal', { ctrlKey: true }), 'Ctrl +')).toBe(true);
    expect(presses(press('=', 'Equal'), 'Ctrl +')).toBe(false);
    expect(presses(press('ArrowRight', 'ArrowRight', { shiftKey: true }), 'Shift ArrowRight')).toBe(
      true,
    );
  });

  it('take digits of any script, however the layout makes them', () => {
    expect(presses(press('3', 'Digit3'), '3')).toBe(true);
    expect(presses(press('۳', 'Digit3'), '3')).toBe(true);
    expect(presses(press('3', 'Digit3', { shiftKey: true }), '3')).toBe(true);
    expect(presses(press('4', 'Digit4'), '3')).toBe(false);
  });

  it('tell two keys in a row from one', () => {
    expect(isChord('G B')).toBe(true);
    expect(isChord('Ctrl B')).toBe(false);
  });
});

describe('places', () => {
  it.each<Route>([
    { name: 'board' },
    { name: 'moods' },
    { name: 'engagement', id: '0190', tab: 'moods' },
    { name: 'import' },
    { name: 'accounts' },
    { name: 'account', id: '0191' },
    { name: 'engagement', id: 'a/b' },
    { name: 'engagement', id: '0190', tab: 'handover' },
  ])('$name survives the address', (route) => {
    expect(routeOf(hashOf(route))).toEqual(route);
  });

  it('an unknown place is Today', () => {
    expect(routeOf('#/nowhere')).toEqual({ name: 'today' });
    expect(routeOf('')).toEqual({ name: 'today' });
  });
});
