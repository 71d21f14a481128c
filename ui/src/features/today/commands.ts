import type { Command } from '$app/commands';
import { t, tKey } from '$lib/i18n';
import { SCORES } from '$lib/widgets/moods';
import type { TodayScreen } from './today.svelte';

/** What can be done on Today, for keys, palette and the shortcut sheet. */
export function todayCommands(screen: TodayScreen, moods: number, pass: () => void): Command[] {
  const withRow = (what: (row: NonNullable<ReturnType<TodayScreen['current']>>) => void) => () => {
    const row = screen.current();
    if (row !== undefined) what(row);
  };
  return [
    {
      id: 'today-pass',
      label: t('today-pass', { count: moods }),
      keys: 'P',
      when: () => moods > 0,
      run: pass,
    },
    {
      id: 'today-rows',
      label: t('shortcuts-move-focus'),
      keys: 'ArrowDown',
      when: () => !screen.armed,
      run: () => screen.list?.focusRow(screen.at),
    },
    ...SCORES.map((score) => ({
      id: `today-score-${score}`,
      label: t('command-today-score', { score, word: tKey('mood-score', String(score)) }),
      keys: String(score),
      when: screen.isMood,
      run: withRow((row) => screen.score(row, score)),
    })),
    {
      id: 'today-skip',
      label: t('command-today-skip'),
      keys: 'S',
      when: screen.isMood,
      run: withRow((row) => screen.skip(row)),
    },
  ];
}
