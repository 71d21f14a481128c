import Lock from '@lucide/svelte/icons/lock';
import LockOpen from '@lucide/svelte/icons/lock-open';
import OctagonAlert from '@lucide/svelte/icons/octagon-alert';
import Undo2 from '@lucide/svelte/icons/undo-2';
import type { CardView } from '$lib/api';
import { t } from '$lib/i18n';
import type { Icon } from '$lib/kit';

export interface GateState {
  tone: 'ok' | 'warn' | 'bad';
  text: string;
  icon: Icon;
}

/** Where a card's gate stands: the gravest thing first. */
export function gateState(card: CardView): GateState {
  if (card.breached) return { tone: 'bad', text: t('card-breached'), icon: OctagonAlert };
  if (card.returned) return { tone: 'bad', text: t('card-returned'), icon: Undo2 };
  if (card.gate_open) return { tone: 'ok', text: t('card-gate-open'), icon: LockOpen };
  const left = card.open_item_count;
  const text = left > 0 ? t('card-items-left', { count: left }) : t('card-blocked');
  return { tone: 'warn', text, icon: Lock };
}
