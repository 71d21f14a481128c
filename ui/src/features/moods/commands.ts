import type { Command } from '$app/commands';
import { t, tKey } from '$lib/i18n';
import { SCORES } from '$lib/widgets/moods';
import type { MoodPass } from './pass.svelte';

/** What the pass does at one key; typed into a field they are only letters. */
export function passCommands(
  pass: MoodPass,
  choose: (score: number) => void,
  next: () => Promise<void>,
): Command[] {
  const asks = (): boolean => pass.current !== undefined;
  return [
    ...SCORES.map((score) => ({
      id: `pass-score-${score}`,
      label: t('command-pass-score', { score, word: tKey('mood-score', String(score)) }),
      keys: String(score),
      when: asks,
      run: () => choose(score),
    })),
    {
      id: 'pass-skip',
      label: t('command-pass-skip'),
      keys: 'S',
      when: asks,
      run: pass.startSkip,
    },
    {
      id: 'pass-later',
      label: t('command-pass-later'),
      keys: 'N',
      when: asks,
      run: () => {
        pass.later();
        void next();
      },
    },
    {
      id: 'pass-promise',
      label: t('command-pass-promise'),
      keys: 'P',
      when: asks,
      run: () => (pass.promising = true),
    },
    { id: 'pass-open', label: t('command-pass-open'), keys: 'O', when: asks, run: pass.open },
  ];
}
