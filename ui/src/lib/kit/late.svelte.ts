import { tick } from 'svelte';

/** The heavy half of a part: fetched when the first of its kind is shown; a stand-in with the same id is there until then. */
export class Late<Part> {
  part = $state.raw<Part>();
  #asked: Promise<void> | undefined;
  readonly #load: () => Promise<{ default: Part }>;

  constructor(load: () => Promise<{ default: Part }>) {
    this.#load = load;
  }

  want(): void {
    this.#asked ??= this.#take();
  }

  /** What had the focus as a stand-in has it as itself. */
  async #take(): Promise<void> {
    const { default: part } = await this.#load();
    const held = document.activeElement?.id;
    this.part = part;
    await tick();
    if (held && document.activeElement?.id !== held) document.getElementById(held)?.focus();
  }
}
