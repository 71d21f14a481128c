/** Keys that are written by what they print, not by where they are. */
const printed = new Set(['?', '/', '+', '-']);

export interface KeyLike {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** The letter of the key: as printed on Latin layouts, by its place on others, so that M works in Persian too. */
function letter(event: KeyLike): string | null {
  if (/^[a-z]$/i.test(event.key)) return event.key.toUpperCase();
  return /^Key([A-Z])$/.exec(event.code)?.[1] ?? null;
}

/** The digit that is printed, in whichever script. */
const digit = (key: string): string =>
  key
    .replace(/[۰-۹]/, (sign) => String(sign.charCodeAt(0) - 0x6f0))
    .replace(/[٠-٩]/, (sign) => String(sign.charCodeAt(0) - 0x660));

/** Does this event press the last part of `keys` ("Ctrl K", "Shift ArrowRight", "M", "?")? */
export function presses(event: KeyLike, keys: string): boolean {
  const parts = keys.split(' ');
  const key = parts.at(-1) ?? '';
  const wants = (name: string): boolean => parts.slice(0, -1).includes(name);
  if (event.altKey !== wants('Alt') || (event.ctrlKey || event.metaKey) !== wants('Ctrl'))
    return false;
  // The larger one of Ctrl with "+" is meant where "+" needs Shift, too.
  if (key === '+' && event.key === '=') return true;
  if (printed.has(key)) return event.key === key;
  if (/^[0-9]$/.test(key)) return digit(event.key) === key;
  if (event.shiftKey !== wants('Shift')) return false;
  return /^[A-Z]$/.test(key) ? letter(event) === key : event.key === key;
}

/** "G B": two keys one after the other. */
export const isChord = (keys: string): boolean => /^[A-Z] [A-Z]$/.test(keys);

/** Keys that write or choose belong to the control that has the focus. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'file'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
