// Dates as people type them. Pure: the current day comes in.

const day = 86_400_000;
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const ms = (text: string): number => Date.parse(`${text}T00:00:00Z`);

/** The current day on this laptop's calendar. */
export function todayIso(now: Date = new Date()): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function made(year: number, month: number, date: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, date));
  const same =
    at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === date;
  return same ? iso(at.getTime()) : null;
}

/** Without a year: the one that brings the date nearest to today. */
function nearest(month: number, date: number, today: string): string | null {
  const year = Number(today.slice(0, 4));
  const near = [year - 1, year, year + 1]
    .map((candidate) => made(candidate, month, date))
    .filter((found) => found !== null)
    .sort((a, b) => Math.abs(ms(a) - ms(today)) - Math.abs(ms(b) - ms(today)));
  return near[0] ?? null;
}

function withYear(
  year: string | undefined,
  month: number,
  date: number,
  today: string,
): string | null {
  if (year === undefined) return nearest(month, date, today);
  return made(year.length === 2 ? 2000 + Number(year) : Number(year), month, date);
}

function addMonths(from: string, count: number): string {
  const at = new Date(ms(from));
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + count + 1, 0));
  return iso(
    Date.UTC(
      last.getUTCFullYear(),
      last.getUTCMonth(),
      Math.min(at.getUTCDate(), last.getUTCDate()),
    ),
  );
}

function shifted(text: string, today: string): string | null {
  const found = /^([+-])\s*(\d{1,4})\s*([dwmy]?)[a-z]*$/.exec(text);
  if (found === null) return null;
  const count = Number(found[2]) * (found[1] === '-' ? -1 : 1);
  if (found[3] === 'w') return iso(ms(today) + count * 7 * day);
  if (found[3] === 'm') return addMonths(today, count);
  if (found[3] === 'y') return addMonths(today, count * 12);
  return iso(ms(today) + count * day);
}

function named(text: string, today: string): string | null {
  const words: Record<string, number> = { today: 0, tomorrow: 1, tom: 1, yesterday: -1 };
  const plain = words[text];
  if (plain !== undefined) return iso(ms(today) + plain * day);
  const found = /^(last |next )?(sun|mon|tue|wed|thu|fri|sat)[a-z]*$/.exec(text);
  if (found === null) return null;
  const now = new Date(ms(today)).getUTCDay();
  const ahead = (weekdays.indexOf(found[2] ?? '') - now + 7) % 7;
  const step = found[1] === 'last ' ? (ahead || 7) - 7 - (ahead === 0 ? 7 : 0) : ahead || 7;
  return iso(ms(today) + step * day);
}

function written(text: string, today: string): string | null {
  const found =
    /^(\d{1,2})\.?[ -]?([a-z]{3})[a-z]*\.?,?[ -]?(\d{4}|\d{2})?$/.exec(text) ??
    /^([a-z]{3})[a-z]*\.?[ -]?(\d{1,2}),?(?:[ -](\d{4}|\d{2}))?$/.exec(text);
  if (found === null) return null;
  const first = /^\d/.test(found[1] ?? '');
  const month = months.indexOf((first ? found[2] : found[1]) ?? '') + 1;
  return month === 0 ? null : withYear(found[3], month, Number(first ? found[1] : found[2]), today);
}

function digits(text: string, today: string): string | null {
  const long =
    /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (long !== null) return made(Number(long[1]), Number(long[2]), Number(long[3]));
  const dotted = /^(\d{1,2})\.(\d{1,2})\.?(\d{4}|\d{2})?$/.exec(text);
  if (dotted !== null) return withYear(dotted[3], Number(dotted[2]), Number(dotted[1]), today);
  // With a slash both orders are in use: only what can be read in one way is read.
  const slashed = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d{2}))?$/.exec(text);
  if (slashed === null) return null;
  const [a, b] = [Number(slashed[1]), Number(slashed[2])];
  if (a > 12 || a === b) return withYear(slashed[3], b, a, today);
  return b > 12 ? withYear(slashed[3], a, b, today) : null;
}

/** The ISO date that a person means, or null: `2026-12-03`, `3.12`, `3 dec`, `+2w`, `fri`, `today`. */
export function parseDate(typed: string, today: string = todayIso()): string | null {
  const text = typed
    .trim()
    .toLowerCase()
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/\s+/g, ' ');
  return digits(text, today) ?? shifted(text, today) ?? named(text, today) ?? written(text, today);
}
