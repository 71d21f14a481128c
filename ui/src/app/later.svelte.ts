import type { Component } from 'svelte';

type Part = Component<{ open?: boolean }, Record<string, never>, 'open'>;

/** Something laid over the page: loaded when it is first opened, and kept with what was typed in it. */
export class Later {
  open = $state(false);
  part = $state.raw<Part>();
  readonly #load: () => Promise<{ default: Part }>;

  constructor(load: () => Promise<{ default: Part }>) {
    this.#load = load;
  }

  show = async (): Promise<void> => {
    this.part ??= (await this.#load()).default;
    this.open = true;
  };

  /** Fetches it ahead of time. */
  warm = (): void => void this.#load();
}
