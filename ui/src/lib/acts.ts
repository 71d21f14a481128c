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
import { successor } from '$lib/successor';

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

/** An engagement that was opened by what was undone is gone with it: it is named, and so is who worked on it. */
async function tellGone(reply: UndoReply): Promise<boolean> {
  const again = reply.command === 'redo';
  const id = again || reply.command === 'decide_renewal' ? reply.engagement_id : null;
  if (id === null) return false;
  try {
    const gone = await call('engagement', { engagement_id: id });
    if (!gone.deleted || gone.previous_id === null) return false;
    const { name, people } = await successor(id);
    toast(
      people.length === 0
        ? t('undone-with-next', { name })
        : t('undone-with-next-of', { name, people: fmt.list(people) }),
      {
        action: {
          label: t('toast-bring-back'),
          run: () => redo(again ? undefined : reply.undone_act_id),
        },
      },
    );
    return true;
  } catch {
    // It is undone all the same.
    return false;
  }
}

/** Undoes an act, or the last one of the person who acts here. */
export async function undo(act_id?: string | null): Promise<UndoReply | undefined> {
  try {
    const reply = await call('undo', act_id ? { act_id } : {});
    if (!(await tellGone(reply))) tellUndone(reply, t('undone'));
    return reply;
  } catch (raw) {
    refuse(raw);
    return undefined;
  }
}

/** Does again what was undone, or what was undone last. */
export async function redo(act_id?: string): Promise<void> {
  try {
    tellUndone(await call('redo', act_id ? { act_id } : {}), t('redone'));
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
