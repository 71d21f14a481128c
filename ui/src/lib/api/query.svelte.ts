import { onDestroy } from 'svelte';
import { call, onChanged } from './call';
import { ApiError } from './error';
import type { Args, CommandName, Reply } from './types';

const cache = new Map<string, Promise<unknown>>();

/** Everything asked before is asked again: a write can change any answer, and an answer takes milliseconds. */
onChangedOnce();
function onChangedOnce(): void {
  if (typeof document !== 'undefined') queueMicrotask(() => onChanged(() => cache.clear()));
}

/** One answer of the core for the same question, until something changes. */
export function cached<N extends CommandName>(name: N, args: Args<N>): Promise<Reply<N>> {
  const key = `${name} ${JSON.stringify(args)}`;
  const known = cache.get(key) as Promise<Reply<N>> | undefined;
  if (known !== undefined) return known;
  const fresh = call(name, args);
  cache.set(key, fresh);
  fresh.catch(() => cache.delete(key));
  return fresh;
}

export function dropCache(): void {
  cache.clear();
}

export class Query<N extends CommandName> {
  data = $state.raw<Reply<N> | undefined>();
  error = $state.raw<ApiError | undefined>();
  loading = $state(true);
  #asked = 0;
  readonly #name: N;
  readonly #args: () => Args<N> | null;

  constructor(name: N, args: () => Args<N> | null) {
    this.#name = name;
    this.#args = args;
  }

  /** Asks (again); only the latest question's answer is taken. */
  reload = async (): Promise<void> => {
    const args = this.#args();
    const turn = ++this.#asked;
    if (args === null) return;
    this.loading = true;
    try {
      const data = await cached(this.#name, args);
      if (turn !== this.#asked) return;
      this.data = data;
      this.error = undefined;
    } catch (raw) {
      if (turn !== this.#asked) return;
      this.error = ApiError.from(raw);
    }
    this.loading = false;
  };

  /** Puts a reply of an act in place without asking. */
  put(data: Reply<N>): void {
    this.#asked += 1;
    this.data = data;
    this.error = undefined;
    this.loading = false;
  }
}

/** A living answer for a component: follows its arguments and every change. Null arguments: ask nothing. */
export function query<N extends CommandName>(
  name: N,
  args: () => Args<N> | null = () => ({}) as Args<N>,
): Query<N> {
  const it = new Query(name, args);
  $effect(() => {
    args();
    void it.reload();
  });
  const stop = onChanged(() => {
    dropCache();
    void it.reload();
  });
  onDestroy(stop);
  return it;
}
