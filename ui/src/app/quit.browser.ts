import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import { fakeCore, sessionView, type Shell } from '$test/core';
import App from '../App.svelte';
import { router } from './router';
import { session } from './session';

const palette = page.getByRole('dialog', { name: 'Search or run a command' });

async function open(shell: Shell): Promise<void> {
  const workspace = { id: 'w', currency: 'EUR', admin_id: 'p1' };
  fakeCore({ session: () => sessionView({ workspace, people_count: 1 }), people: () => [] }, shell);
  session.view = null;
  router.replace({ name: 'people' });
  await render(App);
  await expect.element(page.getByRole('heading', { level: 1, name: 'People' })).toBeVisible();
}

async function lookFor(words: string): Promise<void> {
  await userEvent.keyboard('{Control>}k{/Control}');
  await expect.element(palette.getByRole('combobox')).toHaveFocus();
  await userEvent.keyboard(words);
}

afterEach(() => cleanup());

it('Ctrl Q ends the program, once per press, and so does the command by its name', async () => {
  let ended = 0;
  await open({ quit: () => Promise.resolve((ended += 1)) });
  await userEvent.keyboard('q');
  expect(ended).toBe(0);
  await userEvent.keyboard('{Control>}q{/Control}');
  expect(ended).toBe(1);
  await lookFor('exit');
  await expect.element(palette.getByRole('option').first()).toHaveTextContent('Quit Baton');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => ended).toBe(2);
});

it('a page in a browser has nothing to quit', async () => {
  await open({});
  await userEvent.keyboard('{Control>}q{/Control}');
  await lookFor('quit');
  await expect.element(palette.getByRole('status')).toHaveTextContent(/Nothing matches/);
});
