import { zoomTo } from '$lib/api';

/** The sizes that a person steps through, 1 is the page's own. */
const sizes = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5];

const kept = (): number => {
  const size = Number(localStorage.getItem('baton-zoom'));
  return sizes.includes(size) ? size : 1;
};

async function set(size: number): Promise<void> {
  localStorage.setItem('baton-zoom', String(size));
  await zoomTo(size);
}

/** How large the window shows everything; it stays so from one start to the next. */
export const zoom = {
  start: (): Promise<void> => zoomTo(kept()),
  in: (): Promise<void> => set(sizes.find((size) => size > kept()) ?? kept()),
  out: (): Promise<void> => set(sizes.findLast((size) => size < kept()) ?? kept()),
  reset: (): Promise<void> => set(1),
};
