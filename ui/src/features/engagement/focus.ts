import { tick } from 'svelte';

/** Id of the element that stands for an item or a point, so that other places can lead to it. */
export function anchor(kind: 'item' | 'point' | 'promise', id: string): string {
  return `${kind}-at-${id}`;
}

const FIELDS = 'input:not([disabled]), textarea, select, button:not([disabled])';

/** The element of an id, of an item, a point or a promise, once everything is drawn. */
async function placeOf(id: string): Promise<HTMLElement | null> {
  await tick();
  await new Promise((resolve) => requestAnimationFrame(resolve));
  const ids = ['', 'item-at-', 'point-at-', 'promise-at-'].map((prefix) => prefix + id);
  return ids.map((one) => document.getElementById(one)).find((found) => found !== null) ?? null;
}

const fieldIn = (place: HTMLElement): HTMLElement =>
  place.matches(FIELDS) ? place : (place.querySelector<HTMLElement>(FIELDS) ?? place);

/** Scrolls to a place and puts the focus into its first control. */
export async function reachTarget(id: string): Promise<void> {
  const place = await placeOf(id);
  place?.scrollIntoView({ block: 'center' });
  if (place) fieldIn(place).focus({ preventScroll: true });
}

/** Keeps the focus where the work was, after the control that had it is gone. */
export async function refocus(id: string): Promise<void> {
  const place = await placeOf(id);
  if (place) fieldIn(place).focus({ preventScroll: true });
}

/** Puts the focus on a region itself: on none of its buttons, so that a second Enter does nothing. */
export async function restOn(id: string): Promise<void> {
  const place = await placeOf(id);
  // A dialog that was answered is gone, and has given the focus back, one frame later.
  await new Promise((resolve) => requestAnimationFrame(resolve));
  const lost = document.activeElement?.matches('body, main') ?? true;
  if (lost) place?.focus({ preventScroll: true });
}
