import type { CardView, StageKind } from '$lib/api';
import { t, tKey } from '$lib/i18n';

/** In pipeline order. */
export const kinds: readonly StageKind[] = [
  'post-sales',
  'kick-off',
  'execution',
  'closure',
  'renewal',
];

export const nextKind = (kind: StageKind): StageKind | undefined => kinds[kinds.indexOf(kind) + 1];

export const previousKind = (kind: StageKind): StageKind | undefined =>
  kinds[kinds.indexOf(kind) - 1];

/** Why the card cannot go to `to`, whatever its gate says; null if it can be tried. */
export function whyNot({ kind: from, status }: CardView, to: StageKind): string | null {
  if (status !== 'active') return t('board-refuse-ended');
  const way = kinds.indexOf(to) - kinds.indexOf(from);
  if (way === 0) return t('board-refuse-same');
  // One step on, if the gate lets it; back always: its gates are then to be passed again.
  if (way <= 1) return null;
  return t('board-refuse-next', { stage: tKey('stage', nextKind(from) ?? to) });
}
