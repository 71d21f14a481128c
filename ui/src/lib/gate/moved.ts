import { undo } from '$lib/acts';
import { t, tKey } from '$lib/i18n';
import { toast } from '$lib/kit';

/** Says that an engagement moved, with the way back. */
export function tellMoved(
  name: string,
  to: string,
  act_id: string | null,
  onundone?: () => void,
): void {
  const back = async (): Promise<void> => {
    if ((await undo(act_id)) !== undefined) onundone?.();
  };
  toast(t('board-moved', { name, stage: tKey('stage', to) }), { tone: 'ok', undo: back });
}
