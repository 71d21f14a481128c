import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('src/lib/styles/tokens.css', 'utf8');

/** The colours of the rule with this selector. */
function colours(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`);
  const rule = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries(
    [...rule.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  ) as Record<string, string>;
}

const light = colours(':root');
const dark = { ...light, ...colours(":root[data-theme='dark']") };

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dim = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dim + 0.05);
}

const surfaces = ['bg', 'surface', 'raised', 'sunken', 'hover', 'selected'];
const texts = ['text', 'text-2', 'text-3', 'accent-text', 'ok', 'warn', 'bad'];
const states = ['ok', 'warn', 'bad'];

const pairs: [front: string, back: string, least: number][] = [
  ...surfaces.flatMap((back) => [
    ...texts.map((front): [string, string, number] => [front, back, 4.5]),
    ['line-strong', back, 3] as [string, string, number],
    ['focus', back, 3] as [string, string, number],
    ['series-1', back, 3] as [string, string, number],
    ['series-2', back, 3] as [string, string, number],
  ]),
  ...states.flatMap((state): [string, string, number][] => [
    [state, `${state}-bg`, 4.5],
    ['text', `${state}-bg`, 4.5],
    ['text-2', `${state}-bg`, 4.5],
    ['focus', `${state}-bg`, 3],
  ]),
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-strong', 4.5],
];

describe.each([
  ['light', light],
  ['dark', dark],
])('in %s', (_, theme) => {
  it.each(pairs)('%s stands out from %s at least %d to 1', (front, back, least) => {
    expect(theme[front], front).toBeDefined();
    expect(theme[back], back).toBeDefined();
    expect(contrast(theme[front] ?? '', theme[back] ?? '')).toBeGreaterThanOrEqual(least);
  });
});

it('the formula is the one of WCAG', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});
