import type { ItemInput, ItemView } from '$lib/api';
import { fmt, t, tKey } from '$lib/i18n';

/** Filled here in the list; the others follow from the handover. */
export function isByHand(input: ItemInput): boolean {
  return ['tick', 'date', 'text', 'choice', 'score'].includes(input);
}

/** What an item was ticked with, in words. */
export function valueText(item: ItemView): string {
  const { value } = item;
  if (value === null || typeof value === 'boolean') return '';
  if (item.input === 'decision') return tKey('outcome', String(value));
  if (item.input === 'date') return fmt.date(String(value));
  if (item.input === 'choice') return tKey('choice', String(value));
  if (item.input === 'score') return t('checklist-score-of', { score: value });
  return isByHand(item.input) ? String(value) : '';
}

/** What the handover asks for, for an item that is filled there. */
export function handoverWord(input: ItemInput): string {
  if (input === 'decision') return t('renewal-go');
  if (input === 'verification') return t('checklist-go-verify');
  if (input === 'submission') return t('checklist-go-submit');
  return input === 'acceptance' ? t('checklist-go-answer') : t('checklist-go-fill');
}
