import { tick, untrack } from 'svelte';

/** Gives the focus back to where it was before something was laid over the page. */
export class FocusReturn {
  #from: Element | null = null;

  /** Call while a component is made: remembers just before the layer is there. */
  constructor(open: () => boolean) {
    $effect.pre(() => {
      if (open()) this.#from = untrack(() => document.activeElement);
    });
  }

  /** Unless the focus has gone somewhere else on purpose. */
  async back(inside: Element | null | undefined): Promise<void> {
    await tick();
    const now = document.activeElement;
    const taken = now !== null && now !== document.body && inside?.contains(now) !== true;
    if (!taken && this.#from instanceof HTMLElement && this.#from.isConnected) this.#from.focus();
  }
}
