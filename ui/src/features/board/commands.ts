import type { Command } from '$app/commands';
import { router } from '$app/router';
import { i18n, t } from '$lib/i18n';
import type { Board } from './board.svelte';

/** What can be done with the card that has the focus. */
export function boardCommands(board: Board, search: () => void): Command[] {
  const held = (): boolean => board.holds && board.card() !== undefined;
  const [on, back] = i18n.dir === 'rtl' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
  return [
    {
      id: 'card-open',
      label: t('board-open-card'),
      keys: 'Enter',
      when: held,
      run: () => {
        const card = board.card();
        if (card) router.go({ name: 'engagement', id: card.id });
      },
    },
    {
      id: 'card-move-to',
      label: t('board-move-to'),
      keys: 'M',
      when: held,
      run: () => (board.choosing = board.card() ?? null),
    },
    {
      id: 'card-move-next',
      label: t('board-move-next'),
      keys: `Shift ${on}`,
      when: held,
      run: () => board.step(board.card(), 1),
    },
    {
      id: 'card-move-prev',
      label: t('board-move-prev'),
      keys: `Shift ${back}`,
      when: held,
      run: () => board.step(board.card(), -1),
    },
    { id: 'card-search', label: t('board-search'), keys: '/', run: search },
  ];
}
