import type { PromiseState, PromiseView } from '$lib/api';
import { fmt, t, tKey } from '$lib/i18n';

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

/** Kind, channel, who promised it to whom, when, and until when: one quiet line. */
export function promiseLine(promise: PromiseView): string {
  const who = [
    promise.promised_by && t('promise-line-by', { person: promise.promised_by }),
    promise.promised_to && t('promise-line-to', { person: promise.promised_to }),
    promise.promised_on && t('promise-line-on', { date: fmt.date(promise.promised_on) }),
  ].filter((word) => Boolean(word));
  const parts = [
    tKey('promise-kind', promise.kind),
    promise.channel && tKey('promise-channel', promise.channel),
    who.join(' '),
    promise.due_on && t('promise-line-due', { date: fmt.date(promise.due_on) }),
    !promise.visible_to_client && t('promise-internal'),
  ];
  return parts.filter((part) => Boolean(part)).join(' · ');
}
