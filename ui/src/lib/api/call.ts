import { ApiError } from './error';
import { transport, type Progress } from './transport';
import type { Args, CommandName, Reply } from './types';

export type Touched = { kinds: Record<string, string[] | 'all'> };
type Listener = (touched: Touched) => void;

const listeners = new Set<Listener>();
let listening = false;
const everything: Touched = { kinds: { all: 'all' } };

function tell(touched: Touched): void {
  for (const listener of [...listeners]) {
    try {
      listener(touched);
    } catch (error) {
      // One screen that stumbles must not keep the others from what is new.
      console.error(error);
    }
  }
}

/** Says that what was read before may be old: after an act, or after another person was chosen. */
export function invalidate(): void {
  tell(everything);
}

/** Hears of every write, also of those by other processes. Returns the way to stop. */
export function onChanged(listener: Listener): () => void {
  if (!listening) {
    listening = true;
    transport().listen((touched) => tell(touched as Touched));
  }
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const routeListeners = new Set<(place: string) => void>();
let hearsRoutes = false;

/** Hears which place the desktop asks to be shown, as a click on a notice does. Returns the way to stop. */
export function onRoute(listener: (place: string) => void): () => void {
  if (!hearsRoutes) {
    hearsRoutes = true;
    transport().routes?.((place) => {
      for (const one of [...routeListeners]) one(place);
    });
  }
  routeListeners.add(listener);
  return () => routeListeners.delete(listener);
}

const damageListeners = new Set<(error: ApiError) => void>();

/** Hears when any call finds that the store is damaged. Returns the way to stop. */
export function onDamage(listener: (error: ApiError) => void): () => void {
  damageListeners.add(listener);
  return () => damageListeners.delete(listener);
}

export async function callAct<N extends CommandName>(
  name: N,
  args: Args<N>,
  job?: string,
): Promise<{ reply: Reply<N>; act_id: string | null }> {
  try {
    const outcome = await transport().call(name, args, job);
    const act_id = outcome.act_id ?? null;
    if (act_id !== null || name === 'choose_person') invalidate();
    return { reply: outcome.reply as Reply<N>, act_id };
  } catch (raw) {
    const error = ApiError.from(raw);
    if (error.code === 'store_damaged') for (const one of [...damageListeners]) one(error);
    throw error;
  }
}

export async function call<N extends CommandName>(name: N, args: Args<N>): Promise<Reply<N>> {
  return (await callAct(name, args)).reply;
}

const progressListeners = new Set<(progress: Progress) => void>();
let hearsProgress = false;

/** Hears how far the calls with a job's id are. Returns the way to stop hearing. */
export function onProgress(listener: (progress: Progress) => void): () => void {
  if (!hearsProgress) {
    hearsProgress = true;
    transport().progress?.((progress) => {
      for (const one of [...progressListeners]) one(progress);
    });
  }
  progressListeners.add(listener);
  return () => progressListeners.delete(listener);
}

/** Asks a job to stop; its call then says `cancelled` and keeps nothing. */
export async function cancelJob(job: string): Promise<void> {
  await transport().cancel?.(job);
}

/** What the recovery of a damaged store did; in the shell's words, which are those of the command line. */
export interface Recovery {
  how: 'intact' | 'log' | 'log_and_backup' | 'backup';
  backup: string | null;
  acts_saved: number;
  /** Null: the damaged file did not tell how many it held. */
  acts_lost: number | null;
  /** Of those saved, acts that were damaged and came back in part. */
  acts_mended: number;
  changes_kept: number;
  changes_lost: number;
  waiting: number;
  kept_as: string | null;
}

/** Brings a damaged store back; nothing of the damaged file is thrown away. */
export async function recover(): Promise<Recovery> {
  try {
    return (await transport().recover?.()) as Recovery;
  } catch (raw) {
    throw ApiError.from(raw);
  }
}

/** Whether a damaged store can be recovered from here; where not, the command line can. */
export const canRecover = (): boolean => transport().recover !== undefined;

/** Ends the program; a page in a browser stays. */
export async function quit(): Promise<void> {
  await transport().quit?.();
}

/** Whether there is a program around the page that can be ended. */
export const canQuit = (): boolean => transport().quit !== undefined;

/** Shows the page larger or smaller; 1 is its own size. */
export async function zoomTo(factor: number): Promise<void> {
  await transport().zoom?.(factor);
}

/** Whether the size of the page is ours; a browser has its own keys for it. */
export const canZoom = (): boolean => transport().zoom !== undefined;

/** Offers a file to keep; the path, or null when the person decided otherwise. */
export function saveFile(name: string, base64: string): Promise<string | null> {
  return transport().save(name, base64);
}

/** A chosen file as the core takes it. */
export async function fileToBase64(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x6000) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 0x6000))));
  }
  return parts.join('');
}
