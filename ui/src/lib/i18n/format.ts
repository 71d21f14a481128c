import { i18n } from './i18n.svelte';

interface Money {
  minor: number;
  currency: string;
  digits: number;
}

const made = new Map<string, unknown>();

/** A formatter is dear to build and cheap to use: one per locale and kind. */
function once<T>(kind: string, build: (locale: string) => T): T {
  const key = `${i18n.intl} ${kind}`;
  const known = made.get(key) as T | undefined;
  if (known !== undefined) return known;
  const fresh = build(i18n.intl);
  made.set(key, fresh);
  return fresh;
}

const dates = (kind: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  once(kind, (locale) => new Intl.DateTimeFormat(locale, options));

/** A civil date has no zone: it is read and shown in UTC. */
function civil(iso: string): Date | null {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? new Date(`${iso}T00:00:00Z`) : null;
  return at === null || Number.isNaN(at.getTime()) ? null : at;
}

function civilText(
  iso: string | null | undefined,
  kind: string,
  options: Intl.DateTimeFormatOptions,
): string {
  if (iso === null || iso === undefined || iso === '') return '';
  const at = civil(iso);
  return at === null ? iso : dates(kind, { ...options, timeZone: 'UTC' }).format(at);
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

export const fmt = {
  date: (iso: string | null | undefined): string =>
    civilText(iso, 'date', { year: 'numeric', month: 'short', day: 'numeric' }),
  /** Without the year, for dates of the current year. */
  dateShort: (iso: string | null | undefined): string =>
    iso?.startsWith(String(new Date().getFullYear()))
      ? civilText(iso, 'day', { month: 'short', day: 'numeric' })
      : fmt.date(iso),
  dateLong: (iso: string | null | undefined): string =>
    civilText(iso, 'long', { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }),
  /** Name of a day of the week, 1 for Monday to 7 for Sunday. */
  weekday: (day: number): string =>
    dates('weekday', { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, day)),
  instant: (ms: number | null | undefined): string =>
    ms === null || ms === undefined
      ? ''
      : dates('instant', { dateStyle: 'medium', timeStyle: 'short' }).format(ms),
  ago(ms: number | null | undefined, now: number = Date.now()): string {
    if (ms === null || ms === undefined) return '';
    const relative = once(
      'ago',
      (locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
    );
    const gap = ms - now;
    const [unit, size] = steps.find(([, length]) => Math.abs(gap) >= length) ?? ['minute', 60_000];
    return relative.format(Math.round(gap / size), unit);
  },
  money(money: Money | null | undefined): string {
    if (!money) return '';
    const whole = money.minor % 10 ** money.digits === 0;
    const digits = whole ? 0 : money.digits;
    const format = once(
      `money ${money.currency} ${digits}`,
      (locale) =>
        new Intl.NumberFormat(locale, {
          style: 'currency',
          currency: money.currency,
          minimumFractionDigits: digits,
          maximumFractionDigits: digits,
        }),
    );
    return format.format(money.minor / 10 ** money.digits);
  },
  /** Short form for the head of a column: €1.2M. */
  moneyShort: (money: Money): string =>
    once(
      `short ${money.currency}`,
      (locale) =>
        new Intl.NumberFormat(locale, {
          style: 'currency',
          currency: money.currency,
          notation: 'compact',
          maximumFractionDigits: 1,
        }),
    ).format(money.minor / 10 ** money.digits),
  number: (value: number): string =>
    once('number', (locale) => new Intl.NumberFormat(locale)).format(value),
  /** The size of a file in the unit that people read: 745 kB, 1.2 MB. */
  bytes(bytes: number): string {
    const [unit, size] = bytes < 1_000_000 ? ['kilobyte', 1_000] : ['megabyte', 1_000_000];
    return once(
      `bytes ${unit}`,
      (locale) =>
        new Intl.NumberFormat(locale, { style: 'unit', unit, maximumSignificantDigits: 3 }),
    ).format(bytes / size);
  },
  percent: (value: number): string =>
    once('percent', (locale) => new Intl.NumberFormat(locale, { style: 'percent' })).format(
      value / 100,
    ),
  list: (items: string[]): string =>
    once('list', (locale) => new Intl.ListFormat(locale)).format(items),
  currencyName: (code: string): string =>
    once('currency', (locale) => new Intl.DisplayNames(locale, { type: 'currency' })).of(code) ??
    code,
};

/** Decimal places of a currency. */
export function currencyDigits(currency: string): number {
  return (
    once(`digits ${currency}`, (locale) =>
      new Intl.NumberFormat(locale, { style: 'currency', currency }).resolvedOptions(),
    ).maximumFractionDigits ?? 2
  );
}
