import type { HistoryChange, HistoryEntry, JsonValue, PersonView, PromiseView } from '$lib/api';
import { currencyDigits, fmt, has, t, tKey } from '$lib/i18n';
import { overriddenName } from '../blocks';

/** What names and amounts of a history are read with. */
export interface Reader {
  people: PersonView[];
  promises: PromiseView[];
  currency: string | null;
}

type Parts = { [key: string]: JsonValue };

export function actWords(entry: HistoryEntry): string {
  return tKey('history-act', entry.command, t('history-act-unknown'));
}

/** First word found for an id under one of several prefixes. */
function anyKey(prefixes: string[], id: string): string | undefined {
  const prefix = prefixes.find((one) => has(`${one}-${id.replaceAll('_', '-')}`));
  return prefix === undefined ? undefined : tKey(prefix, id);
}

const partName = (id: string): string =>
  anyKey(['history-field', 'field', 'part', 'point'], id) ?? id;

/** Steps of a chain say themselves what happened; their field is only where they stand. */
const STEPS = new Set(['move', 'override', 'offer', 'accept']);

/** What a change is about: an item, a point or a field by its name, else the kind of thing. */
export function fieldWords(change: HistoryChange): string {
  const entity = tKey('history-entity', change.entity, t('history-entity-other'));
  if (STEPS.has(change.kind)) return tKey('history-kind', change.kind);
  if (change.field === null) return entity;
  return anyKey(['item', 'point', 'history-field', 'field', 'part'], change.field) ?? entity;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Fields whose values are ids of the core, and how those are named. */
const WORD_OF: Record<string, string> = {
  stage: 'stage',
  from: 'stage',
  to: 'stage',
  state: 'promise-state',
  verdict: 'verdict',
  kind: 'promise-kind',
  channel: 'promise-channel',
  roles: 'role',
  leg: 'history-word',
  side: 'history-word',
  outcome: 'outcome',
  churn_reason: 'churn-reason',
  taken_over: 'stage',
  template: 'template',
};

function money(minor: number, currency: string | null): string {
  if (currency === null || !/^[A-Z]{3}$/.test(currency)) return fmt.number(minor);
  return fmt.money({ minor, currency, digits: currencyDigits(currency) });
}

function textWords(value: string, reader: Reader, field: string): string {
  if (ISO_DATE.test(value)) return fmt.date(value);
  if (UUID.test(value)) return reader.people.find((person) => person.id === value)?.name ?? '';
  if (field === 'items') return overriddenName(value, reader.promises);
  const prefix = WORD_OF[field] ?? (has(`item-${field.replaceAll('_', '-')}`) ? 'choice' : '');
  return prefix === '' ? value : tKey(prefix, value);
}

function partsWords(parts: Parts, reader: Reader): string {
  const currency = typeof parts['currency'] === 'string' ? parts['currency'] : reader.currency;
  const amount = typeof parts['value_minor'] === 'number';
  return Object.entries(parts)
    .filter(([key, value]) => value !== null && value !== false && !(amount && key === 'currency'))
    .map(([key, value]) => {
      const words =
        key.endsWith('_minor') && typeof value === 'number'
          ? money(value, currency)
          : valueWords(value, reader, key);
      return words === '' ? '' : `${partName(key)}: ${words}`;
    })
    .filter((words) => words !== '')
    .join('\n');
}

/** A stored value as a person reads it. */
export function valueWords(value: JsonValue, reader: Reader, field = ''): string {
  if (value === null || value === '') return t('history-nothing');
  if (typeof value === 'boolean') return value ? t('history-yes') : t('history-no');
  if (typeof value === 'number') return fmt.number(value);
  if (typeof value === 'string') return textWords(value, reader, field);
  if (!Array.isArray(value)) return partsWords(value, reader);
  return value.length
    ? fmt.list(value.map((one) => valueWords(one, reader, field)))
    : t('history-nothing');
}

/** What a change left behind, in words; empty where the act says it all. */
export function afterWords(change: HistoryChange, reader: Reader): string {
  const { value, kind, field } = change;
  if (kind === 'tick' && (value === null || typeof value === 'boolean')) {
    return value === true ? t('checklist-state-done') : t('checklist-state-open');
  }
  if (field === null && kind !== 'create') {
    return value === false ? t('history-kind-delete') : t('history-kind-restore');
  }
  if (kind === 'append' && value === null) return '';
  if (field === 'value_minor' && typeof value === 'number') return money(value, reader.currency);
  return valueWords(value, reader, field ?? '');
}

export function beforeWords(change: HistoryChange, reader: Reader): string {
  const { before, field } = change;
  if (before === null || field === null) return '';
  if (field === 'value_minor' && typeof before === 'number') return money(before, reader.currency);
  if (change.kind === 'tick' && typeof before === 'boolean') return '';
  return valueWords(before, reader, field);
}

/** One line that says what an act changed. */
export function summary(entry: HistoryEntry, reader: Reader): string {
  const first = entry.changes[0];
  if (!first) return '';
  const after = afterWords(first, reader).replaceAll('\n', ', ');
  const words = after ? `${fieldWords(first)}: ${after}` : fieldWords(first);
  const more = entry.changes.length - 1;
  return more ? `${words} · ${t('history-more', { count: more })}` : words;
}
