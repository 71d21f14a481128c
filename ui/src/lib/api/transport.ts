import { invoke, isTauri } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { ApiError } from './error';

export interface Outcome {
  reply: unknown;
  act_id: string | null;
}

/** How far a call with a job's id is. */
export interface Progress {
  job: string;
  done: number;
  total: number;
}

/** How the UI reaches the core; tests put their own in its place. */
export interface Transport {
  call(name: string, args: unknown, job?: string): Promise<Outcome>;
  listen(onChange: (touched: unknown) => void): void;
  save(name: string, base64: string): Promise<string | null>;
  /** Hears how far jobs are, where the core tells. */
  progress?(onProgress: (progress: Progress) => void): void;
  /** Asks a job to stop. */
  cancel?(job: string): Promise<unknown>;
  /** Brings a damaged store back, where the page can ask for it. */
  recover?(): Promise<unknown>;
  /** Ends the program, where there is one around the page. */
  quit?(): Promise<unknown>;
  /** Shows the page larger or smaller, where that is not a browser's; 1 is its own size. */
  zoom?(factor: number): Promise<unknown>;
  /** Hears which place the desktop asks to be shown, where there is a desktop. */
  routes?(onRoute: (place: string) => void): void;
}

const shell: Transport = {
  call: (name, args, job) =>
    invoke<Outcome>('call', { name, args, ...(job === undefined ? {} : { job }) }),
  listen: (onChange) => void listen('changed', (event) => onChange(event.payload)),
  progress: (onProgress) => void listen<Progress>('progress', (event) => onProgress(event.payload)),
  cancel: (job) => invoke('cancel', { job }),
  recover: () => invoke('recover'),
  quit: () => invoke('quit'),
  zoom: (factor) => invoke('zoom', { factor }),
  routes: (onRoute) => {
    const take = async (): Promise<void> => {
      const place = await invoke<string | null>('take_route');
      if (place !== null) onRoute(place);
    };
    // Somebody may have clicked before there was anyone to hear it.
    void listen('open-route', take).then(take);
  },
  save: (name, base64) => invoke<string | null>('save_file', { name, contentBase64: base64 }),
};

const tokenKey = 'baton-token';

/** The token comes with the first address and then stays with the tab, not in the address bar. */
function token(): string {
  const url = new URL(location.href);
  const given = url.searchParams.get('token');
  if (given === null) return sessionStorage.getItem(tokenKey) ?? '';
  sessionStorage.setItem(tokenKey, given);
  url.searchParams.delete('token');
  history.replaceState(history.state, '', url);
  return given;
}

const server: Transport = {
  async call(name, args) {
    const response = await fetch(`/call/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-baton-token': token() },
      body: JSON.stringify(args),
    }).catch(() => {
      throw new ApiError('unreachable');
    });
    const body: unknown = await response.json().catch(() => ({ code: 'unreachable' }));
    if (!response.ok) throw ApiError.from(body);
    return body as Outcome;
  },
  listen(onChange) {
    const events = new EventSource(`/events?token=${encodeURIComponent(token())}`);
    events.addEventListener('changed', (event) => onChange(JSON.parse(event.data)));
  },
  save(name, base64) {
    const link = document.createElement('a');
    link.href = `data:application/octet-stream;base64,${base64}`;
    link.download = name;
    link.click();
    return Promise.resolve(name);
  },
};

let current: Transport | undefined;

export function transport(): Transport {
  current ??= isTauri() ? shell : server;
  return current;
}

export function setTransport(other: Transport): void {
  current = other;
}
