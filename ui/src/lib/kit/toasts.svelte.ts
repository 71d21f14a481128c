import { announce } from './live.svelte';

export interface ToastOptions {
  tone?: 'ok' | 'bad' | 'neutral';
  action?: { label: string; run: () => unknown };
  undo?: () => unknown;
  seconds?: number;
}

export class Toast {
  readonly id: number;
  readonly text: string;
  readonly options: ToastOptions;
  #left: number;
  #since = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(id: number, text: string, options: ToastOptions) {
    this.id = id;
    this.text = text;
    this.options = options;
    this.#left = (options.seconds ?? 10) * 1000;
  }

  /** Runs the time that is left. */
  go(): void {
    clearTimeout(this.#timer);
    this.#since = performance.now();
    this.#timer = setTimeout(() => dismiss(this.id), this.#left);
  }

  /** Stops the time while the toast is pointed at or focused. */
  hold(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#left = Math.max(1000, this.#left - (performance.now() - this.#since));
  }
}

export const toasts = $state<{ list: Toast[] }>({ list: [] });
let next = 1;

/** A message at the foot of the window, one at a time; spoken, and gone after ten seconds. */
export function toast(text: string, options: ToastOptions = {}): number {
  const made = new Toast(next++, text, options);
  toasts.list.forEach((old) => old.hold());
  toasts.list = [made];
  made.go();
  announce(text);
  return made.id;
}

export function dismiss(id: number): void {
  toasts.list = toasts.list.filter((entry) => entry.id !== id);
}
