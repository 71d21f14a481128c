export const live = $state<{ text: string; turn: number }>({ text: '', turn: 0 });

/** Speaks in the one polite live region. */
export function announce(text: string): void {
  live.text = text.replace(/[\u2068\u2069]/g, '');
  live.turn += 1;
}
