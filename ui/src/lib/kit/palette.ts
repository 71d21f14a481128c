export interface PaletteItem {
  id: string;
  label: string;
  keys?: string;
  /** Quiet, after the label: what tells it from others of the same name. */
  hint?: string;
  group?: string;
  /** Synonyms and other languages' names. */
  words?: string;
}

const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f\u2068\u2069]/g, '')
    .toLowerCase();

/** How well a text answers what was typed; 0: not at all. Word starts count most, letters in order least. */
export function score(text: string, typed: string): number {
  const [hay, needle] = [fold(text), fold(typed).trim()];
  if (needle === '') return 1;
  const at = hay.indexOf(needle);
  if (at === 0) return 100;
  if (at > 0) return /[\s\-/(“]/.test(hay.charAt(at - 1)) ? 80 : 50;
  if (needle.split(' ').every((word) => hay.includes(word))) return 40;
  let from = 0;
  for (const letter of needle.replace(/ /g, '')) {
    from = hay.indexOf(letter, from) + 1;
    if (from === 0) return 0;
  }
  return needle.length > 1 && hay.length < 40 ? 10 : 0;
}

/** What fits, best first; equal ones keep the order in which they came. */
export function matching(items: PaletteItem[], typed: string): PaletteItem[] {
  return items
    .map((item) => ({
      item,
      points: Math.max(
        score(item.label, typed),
        score(item.words ?? '', typed) * (item.words ? 0.9 : 0),
      ),
    }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points)
    .map(({ item }) => item);
}
