import type { MoodAnswerView, Side } from '$lib/api';
import { fmt, t } from '$lib/i18n';

export const SCORES = [1, 2, 3, 4, 5] as const;

/** From here down somebody has to say what was heard. */
export const needsNote = (score: number): boolean => score <= 2;

/** A reading as the core keeps it, 35 for 3.5. */
export const reading = (tenths: number): string => fmt.number(tenths / 10);

export const sideWords = (side: Side): string =>
  side === 'client' ? t('mood-side-client') : t('mood-side-team');

/** How far from a day: days since, negative while it is to come. */
export function daysWords(late: number): string {
  if (late === 0) return t('days-today');
  return late > 0 ? t('days-late', { count: late }) : t('days-ahead', { count: -late });
}

/** Days from `iso` to `today`; negative while it is to come. */
export const daysSince = (iso: string, today: string): number =>
  Math.round((Date.parse(`${today}T00:00:00Z`) - Date.parse(`${iso}T00:00:00Z`)) / 86_400_000);

/** What stands for the note of an answer: nothing without one, and where it is not for us that there is one. */
export const noteWords = ({ note, note_hidden }: MoodAnswerView): string[] =>
  note_hidden ? [t('mood-note-hidden')] : note === null ? [] : [note];
