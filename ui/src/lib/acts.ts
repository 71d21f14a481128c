import {
  ApiError,
  call,
  callAct,
  type Args,
  type CommandName,
  type Reply,
  type UndoReply,
} from '$lib/api';
import { errorSentence, fmt, t, tKey } from '$lib/i18n';
import { toast } from '$lib/kit';

/** Tells why something did not happen. */
export function refuse(raw: unknown): ApiError {
  const error = ApiError.from(raw);
  toast(errorSentence(error), { tone: 'bad' });
  return error;
}

function tellUndone(reply: UndoReply, word: string): void {
  const fields = fmt.list(
    reply.left.map(({ field }) => tKey('field', field, tKey('point', field))),
  );
  toast(reply.left.length === 0 ? word : t('undo-left', { count: reply.left.length, fields }));
}

/** Undoes an act, or the last one of the person who acts here. */
export async function undo(act_id?: string | null): Promise<UndoReply | undefined> {
  try {
    const reply = await call('undo', act_id ? { act_id } : {});
    tellUndone(reply, t('undone'));
    return reply;
  } catch (raw) {
    refuse(raw);
    return undefined;
  }
}

export async function redo(): Promise<void> {
  try {
    tellUndone(await call('redo', {}), t('redone'));
  } catch (raw) {
    refuse(raw);
  }
}

interface ActOptions<N extends CommandName> {
  /** What to say when it is done; with it comes the way to undo. */
  done?: string | ((reply: Reply<N>) => string);
  undo?: boolean;
  /** After an undo from the toast. */
  onundone?: () => unknown;
}

/** Does something: says so with a way back, or says why not. Undefined when it was refused. */
export async function act<N extends CommandName>(
  name: N,
  args: Args<N>,
  { done, undo: canUndo = true, onundone }: ActOptions<N> = {},
): Promise<Reply<N> | undefined> {
  try {
    const { reply, act_id } = await callAct(name, args);
    if (done !== undefined) {
      const back = async (): Promise<void> => {
        if ((await undo(act_id)) !== undefined) onundone?.();
      };
      toast(typeof done === 'string' ? done : done(reply), {
        tone: 'ok',
        ...(canUndo && act_id !== null ? { undo: back } : {}),
      });
    }
    return reply;
  } catch (raw) {
    refuse(raw);
    return undefined;
  }
}
