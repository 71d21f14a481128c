import { onDestroy } from 'svelte';
import { isChord, isTyping, presses } from './keys';

export interface Command {
  id: string;
  label: string;
  /** "M", "Ctrl K", "G B", "Shift ArrowRight". */
  keys?: string;
  words?: string;
  group?: string;
  when?: () => boolean;
  run: () => unknown;
}

type Source = () => Command[];

class Registry {
  readonly #sources = new Set<Source>();
  // Not the set itself: while a component is torn down, state reads as it was before.
  #turn = $state.raw({});
  /** Newest first: the screen's own commands come before those of the shell. */
  readonly all = $derived.by(() => {
    void this.#turn;
    return [...this.#sources].reverse().flatMap((source) => source());
  });

  add(source: Source): () => void {
    this.#sources.add(source);
    this.#turn = {};
    return () => {
      this.#sources.delete(source);
      this.#turn = {};
    };
  }

  possible(): Command[] {
    return this.all.filter((command) => command.when?.() ?? true);
  }

  find(id: string): Command | undefined {
    return this.all.find((command) => command.id === id);
  }

  run(id: string): void {
    const command = this.find(id);
    if (command !== undefined && (command.when?.() ?? true)) void command.run();
  }
}

export const commands = new Registry();

/** Makes commands live while the component is mounted. */
export function register(source: Source): void {
  onDestroy(commands.add(source));
}

export function keysOf(id: string): string | undefined {
  return commands.find(id)?.keys;
}

const chordTime = 1200;

/** Listens for the keys of all commands. Returns the way to stop. */
export function listenKeys(target: EventTarget): () => void {
  let first = '';
  let at = 0;

  function onkeydown(raw: Event): void {
    const event = raw as KeyboardEvent;
    if (event.defaultPrevented || event.isComposing || event.getModifierState('AltGraph')) return;
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    const typing = isTyping(event.target);
    if (typing && (!modified || /^[zyacvx]$/i.test(event.key))) return;
    const busy =
      document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]') !== null;
    if (busy) return;

    const began = performance.now() - at < chordTime ? first : '';
    first = '';
    const fits = (keys: string): boolean =>
      isChord(keys)
        ? keys.startsWith(`${began} `) && !modified && presses(event, keys.slice(2))
        : began === '' && presses(event, keys);
    const command = commands.possible().find(({ keys }) => keys !== undefined && fits(keys));
    if (command !== undefined) {
      event.preventDefault();
      void command.run();
      return;
    }
    const starts = commands
      .possible()
      .find(({ keys }) => keys !== undefined && isChord(keys) && presses(event, keys.charAt(0)));
    if (starts?.keys !== undefined && !modified) {
      first = starts.keys.charAt(0);
      at = performance.now();
    }
  }

  target.addEventListener('keydown', onkeydown);
  return () => target.removeEventListener('keydown', onkeydown);
}
