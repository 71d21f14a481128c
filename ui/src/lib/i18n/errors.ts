import { fmt } from './format';
import { has, t, tKey, type Args } from './i18n.svelte';

interface Coded {
  code: string;
  fields: Record<string, unknown>;
}

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(text) : []);

/** How a field of an error reads: ids of the core become their names. */
function word(field: string, value: unknown): string | number {
  if (typeof value === 'number') return value;
  if (['stage', 'from', 'to', 'next'].includes(field)) return tKey('stage', text(value));
  if (field === 'needed') {
    const roles = Array.isArray(value) ? texts(value) : [text(value)];
    return fmt.list(roles.map((role) => tKey('role', role)));
  }
  if (field === 'missing_points')
    return fmt.list(texts(value).map((point) => tKey('point', point)));
  if (field === 'item_id') return tKey('item', text(value));
  if (field === 'field') return tKey('field', text(value));
  if (field === 'expected' && Array.isArray(value))
    return fmt.list(texts(value).map((one) => tKey('expected', one)));
  if (field === 'what') return tKey('what', text(value));
  if (field === 'found' && Array.isArray(value) && value.length === 0) return '–';
  return Array.isArray(value) ? fmt.list(texts(value)) : text(value);
}

const deeper = ['why', 'how', 'reason', 'expected'];

/** One sentence for a refusal or an error; it says what to do next. */
export function errorSentence(error: Coded): string {
  const code = error.code.replaceAll('_', '-');
  const args: Args = {};
  for (const [field, value] of Object.entries(error.fields)) args[field] = word(field, value);
  args['open_count'] = Array.isArray(error.fields['open_items'])
    ? error.fields['open_items'].length
    : 0;
  for (const field of deeper) {
    const key = `error-${code}-${text(error.fields[field]).replaceAll('_', '-')}`;
    if (has(key)) return t(key, args);
  }
  const key = `error-${code}`;
  return has(key) ? t(key, args) : t('error-unknown', { code: error.code });
}
