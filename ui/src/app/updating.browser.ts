import { page } from 'vitest/browser';
import { afterEach, expect, it } from 'vitest';
import { cleanup, render } from 'vitest-browser-svelte';
import App from '../App.svelte';
import type { Progress } from '$lib/api';
import { faults } from '$test/axe';
import { fakeCore, sessionView } from '$test/core';
import { session } from './session';

afterEach(() => cleanup());

it('a store of an older version shows how far it is brought up to date, and then opens', async () => {
  let opened = (): void => undefined;
  let tell = (progress: Progress): void => void progress;
  fakeCore(
    { session: () => new Promise((done) => (opened = () => done(sessionView()))) },
    { progress: (hear) => (tell = hear), quit: () => Promise.resolve() },
  );
  session.view = session.error = null;
  await render(App);
  const heading = page.getByRole('heading', { level: 1 });
  await expect.element(heading).not.toBeInTheDocument();
  tell({ job: 'opening', done: 640, total: 1280 });
  await expect.element(heading).toHaveTextContent('Baton brings your data up to date');
  const bar = page.getByRole('progressbar', { name: 'Bringing your data up to date' });
  await expect.element(bar).toHaveAttribute('aria-valuetext', '50%');
  await expect.element(page.getByRole('button', { name: 'Quit Baton' })).toBeVisible();
  expect(await faults()).toEqual([]);
  opened();
  await expect.element(heading).toHaveTextContent('Welcome to Baton');
});
