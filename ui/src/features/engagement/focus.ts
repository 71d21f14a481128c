import { tick } from 'svelte';

/** Id of the element that stands for an item or a point, so that other places can lead to it. */
export function anchor(kind: 'item' | 'point' | 'promise', id: string): string {
  return `${kind}-at-${id}`;
}

const FIELDS = 'input:not([disabled]), textarea, select, button:not([disabled])';

/** Scrolls to a place and puts the focus into its first control. */
export async function reachTarget(id: string): Promise<boolean> {
  await tick();
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const place = ['', 'item-at-', 'point-at-', 'promise-at-']
        .map((prefix) => document.getElementById(prefix + id))
        .find((found) => found !== null);
      if (!place) return resolve(false);
      place.scrollIntoView({ block: 'center' });
      const field = place.matches(FIELDS) ? place : place.querySelector<HTMLElement>(FIELDS);
      (field ?? place).focus({ preventScroll: true });
      resolve(true);
    });
  });
}
