import type { PromiseView } from '$lib/api';
import { t, tKey } from '$lib/i18n';

/** What an override stood in for: an item, or something else that closed the gate. */
export function overriddenName(id: string, promises: PromiseView[]): string {
  const [block, kind, about] = id.split(':');
  if (block !== 'block') return tKey('item', id);
  if (kind === 'breach') return t('override-breach', { stage: tKey('stage', about ?? '') });
  if (kind !== 'promise') return t('engagement-badge-returned');
  const promise = promises.find((one) => one.id === about);
  return t('override-promise', { wording: promise?.wording ?? '' });
}
