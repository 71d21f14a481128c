import { beforeAll, expect, it } from 'vitest';
import { onRoute } from './call';

/** The shell around the page, as far as a click on a notice goes. */
const shell = {
  wanted: null as string | null,
  listening: null as (() => void) | null,
  click(place: string): void {
    this.wanted = place;
    this.listening?.();
  },
};

beforeAll(() => {
  const callbacks: (() => void)[] = [];
  const invoke = (name: string, args: { handler: number }): Promise<unknown> => {
    if (name === 'plugin:event|listen') shell.listening = callbacks[args.handler] ?? null;
    if (name !== 'take_route') return Promise.resolve(1);
    const place = shell.wanted;
    shell.wanted = null;
    return Promise.resolve(place);
  };
  const transformCallback = (callback: () => void): number => callbacks.push(callback) - 1;
  Object.assign(globalThis, {
    window: globalThis,
    isTauri: true,
    __TAURI_INTERNALS__: { invoke, transformCallback },
  });
});

it('a click on a notice leads to its place also before the page listens, and only once', async () => {
  const gone: string[] = [];
  shell.click('moods');
  onRoute((place) => gone.push(place));
  await expect.poll(() => gone).toEqual(['moods']);
  shell.click('today');
  await expect.poll(() => gone).toEqual(['moods', 'today']);
  expect(shell.wanted).toBeNull();
});
