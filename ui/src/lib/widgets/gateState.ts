import Flag from '@lucide/svelte/icons/flag';
import Lock from '@lucide/svelte/icons/lock';
import LockOpen from '@lucide/svelte/icons/lock-open';
import OctagonAlert from '@lucide/svelte/icons/octagon-alert';
import Undo2 from '@lucide/svelte/icons/undo-2';
import type { CardView } from '$lib/api';
import { t, tKey } from '$lib/i18n';
import type { Icon } from '$lib/kit';

export interface GateState {
  tone: 'ok' | 'warn' | 'bad' | 'neutral';
  text: string;
  icon: Icon;
}

/** How what has ended is coloured. */
export const statusTones = {
  active: 'neutral',
  ended: 'neutral',
  renewed: 'ok',
  churned: 'bad',
} as const;

/** Where a card's gate stands: how it ended, else the gravest thing first. */
export function gateState(card: CardView): GateState {
  if (card.status !== 'active') {
    return { tone: statusTones[card.status], text: tKey('status', card.status), icon: Flag };
  }
  if (card.breached) return { tone: 'bad', text: t('card-breached'), icon: OctagonAlert };
  if (card.returned) return { tone: 'bad', text: t('card-returned'), icon: Undo2 };
  if (card.gate_open) return { tone: 'ok', text: t('card-gate-open'), icon: LockOpen };
  const left = card.open_item_count;
  const text = left > 0 ? t('card-items-left', { count: left }) : t('card-blocked');
  return { tone: 'warn', text, icon: Lock };
}
