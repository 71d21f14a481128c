import Check from '@lucide/svelte/icons/check';
import Handshake from '@lucide/svelte/icons/handshake';
import RotateCcw from '@lucide/svelte/icons/rotate-ccw';
import Trash2 from '@lucide/svelte/icons/trash-2';
import Undo2 from '@lucide/svelte/icons/undo-2';
import X from '@lucide/svelte/icons/x';
import type { PromiseView } from '$lib/api';
import { t } from '$lib/i18n';
import type { MenuItem } from '$lib/kit';
import { refocus } from '../focus';
import type { PromiseActs } from '../promises.svelte';

/** Deletes a promise; the focus goes to the one after it, else to the one before, else to the form. */
async function remove(acts: PromiseActs, promise: PromiseView): Promise<void> {
  const all = acts.screen.view?.promises ?? [];
  const at = all.findIndex((one) => one.id === promise.id);
  const near = all[at + 1] ?? all[at - 1];
  if (await acts.remove(promise)) await refocus(near?.id ?? 'new-promise-wording');
}

/** What can become of a promise, as a menu. */
export function settleItems(
  acts: PromiseActs,
  promise: PromiseView,
  renegotiate: () => void,
): MenuItem[] {
  const checked = (state: PromiseView['state']): boolean => promise.state === state;
  const reopen: MenuItem[] = [
    {
      id: 'open',
      label: t('promise-settle-open'),
      icon: RotateCcw,
      run: () => acts.settle(promise, 'open'),
    },
  ];
  return [
    {
      id: 'kept',
      label: t('promise-settle-kept'),
      icon: Check,
      checked: checked('kept'),
      run: () => acts.settle(promise, 'kept'),
    },
    {
      id: 'broken',
      label: t('promise-settle-broken'),
      icon: X,
      checked: checked('broken'),
      run: () => acts.settle(promise, 'broken'),
    },
    {
      id: 'renegotiated',
      label: t('promise-settle-renegotiated'),
      icon: Handshake,
      checked: checked('renegotiated'),
      run: renegotiate,
    },
    {
      id: 'withdrawn',
      label: t('promise-settle-withdrawn'),
      icon: Undo2,
      checked: checked('withdrawn'),
      run: () => acts.settle(promise, 'withdrawn'),
    },
    ...(promise.state === 'open' ? [] : reopen),
    { separator: true },
    {
      id: 'delete',
      label: t('promise-delete'),
      icon: Trash2,
      danger: true,
      run: () => remove(acts, promise),
    },
  ];
}
