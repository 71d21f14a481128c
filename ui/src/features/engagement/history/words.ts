import type { HistoryChange, HistoryEntry, JsonValue, PersonView, PointValue } from '$lib/api';
import { fmt, has, t, tKey } from '$lib/i18n';
import { oneLine } from '../points';

export function actWords(entry: HistoryEntry): string {
  return tKey('history-act', entry.command, t('history-act-unknown'));
}

/** First word found for an id under one of several prefixes. */
function anyKey(prefixes: string[], id: string): string | undefined {
  const prefix = prefixes.find((one) => has(`${one}-${id.replaceAll('_', '-')}`));
  return prefix === undefined ? undefined : tKey(prefix, id);
}

/** What a change is about: an item, a point or a field by its name, else the kind of thing. */
export function fieldWords(change: HistoryChange): string {
  const entity = tKey('history-entity', change.entity, t('history-entity-other'));
  if (change.field === null) return entity;
  return (
    anyKey(['item', 'point', 'history-field', 'field', 'part'], change.field) ??
    `${entity}: ${change.field}`
  );
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;
const WORDS = [
  'stage',
  'verdict',
  'role',
  'choice',
  'promise-state',
  'promise-kind',
  'point',
  'item',
];

/** A stored value as a person reads it. */
export function valueWords(value: JsonValue, people: PersonView[]): string {
  if (value === null || value === '') return t('history-nothing');
  if (typeof value === 'boolean') return value ? t('history-yes') : t('history-no');
  if (typeof value === 'number') return fmt.number(value);
  if (Array.isArray(value)) {
    return value.length
      ? fmt.list(value.map((one) => valueWords(one, people)))
      : t('history-nothing');
  }
  if (typeof value === 'object') return oneLine(flat(value, people));
  if (ISO_DATE.test(value)) return fmt.date(value);
  if (UUID.test(value))
    return people.find((person) => person.id === value)?.name ?? t('history-a-record');
  return anyKey(WORDS, value) ?? value;
}

function flat(value: { [key: string]: JsonValue }, people: PersonView[]): PointValue {
  return Object.fromEntries(
    Object.entries(value).map(([part, inner]) => [
      part,
      typeof inner === 'object' && inner !== null ? valueWords(inner, people) : inner,
    ]),
  );
}

/** One line that says what an act changed. */
export function summary(entry: HistoryEntry, people: PersonView[]): string {
  const first = entry.changes[0];
  if (!first) return '';
  const words = `${fieldWords(first)}: ${valueWords(first.value, people)}`;
  const more = entry.changes.length - 1;
  return more ? `${words} · ${t('history-more', { count: more })}` : words;
}
