import type { PromiseState, PromiseView } from '$lib/api';
import { fmt, t } from '$lib/i18n';

export const KINDS = ['delivery', 'date', 'price', 'channel', 'trial'] as const;
export const VERDICTS = ['feasible', 'feasible_with_changes', 'not_feasible'] as const;
export const CHANNELS = ['call', 'mail', 'offer', 'meeting'] as const;

export const stateTones: Record<PromiseState, 'neutral' | 'ok' | 'bad' | 'warn'> = {
  open: 'neutral',
  kept: 'ok',
  broken: 'bad',
  renegotiated: 'warn',
  withdrawn: 'neutral',
};

/** Who promised it to whom, when, and until when: one quiet line. */
export function promiseLine(promise: PromiseView, before = ''): string {
  const words = [
    promise.promised_by && t('promise-line-by', { person: promise.promised_by }),
    promise.promised_to && t('promise-line-to', { person: promise.promised_to }),
    promise.promised_on && t('promise-line-on', { date: fmt.date(promise.promised_on) }),
    promise.due_on && t('promise-line-due', { date: fmt.date(promise.due_on) }),
  ].filter((word) => Boolean(word));
  return words.length ? before + words.join(' ') : '';
}
