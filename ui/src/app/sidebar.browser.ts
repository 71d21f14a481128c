import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import { i18n } from '$lib/i18n';
import { fakeCore, sessionView } from '$test/core';
import App from '../App.svelte';
import { router } from './router';
import { session } from './session';

const anna = {
  id: 'p1',
  name: 'Anna Example',
  roles: ['sales' as const],
  engagement_count: 1,
  override_count: 0,
  is_me: true,
  absences: [],
};

async function open(): Promise<HTMLAnchorElement[]> {
  const workspace = { id: 'w', currency: 'EUR', admin_id: 'p1' };
  const view = sessionView({ person: anna, people_count: 1, workspace, rehearsal: true });
  fakeCore({ session: () => view, people: () => [anna] });
  session.view = null;
  await render(App);
  await expect.poll(() => document.querySelectorAll('nav a').length).toBeGreaterThan(0);
  return [...document.querySelectorAll<HTMLAnchorElement>('nav a')];
}

beforeEach(() => router.replace({ name: 'people' }));
afterEach(async () => {
  await cleanup();
  await page.viewport(1280, 800);
});

describe('the sidebar', () => {
  it('leads to every place by a key that the tooltip says', async () => {
    const links = await open();
    expect(links.map(({ hash }) => hash.replace('#/', ''))).toEqual([
      'today',
      'board',
      'list',
      'accounts',
      'products',
      'people',
      'exchange',
      'settings',
    ]);
    for (const link of links) {
      const [, letter = ''] = /\(G ([A-Z])\)$/.exec(link.title) ?? [];
      await userEvent.keyboard(`g${letter.toLowerCase()}`);
      await expect.poll(() => link.getAttribute('aria-current')).toBe('page');
    }
  });

  it.each([
    [1280, 800],
    [960, 600],
    [640, 400],
  ])('shows every place whole in a window of %i by %i', async (width, height) => {
    await page.viewport(width, height);
    for (const locale of ['en', 'qps-plocm'] as const) {
      i18n.setLocale(locale);
      await open();
      const sidebar = document.querySelector('.sidebar');
      expect(sidebar?.querySelectorAll('a, button').length).toBe(12);
      expect(sidebar?.scrollHeight).toBeLessThanOrEqual(height);
      expect(sidebar?.scrollWidth).toBe(sidebar?.clientWidth);
      for (const words of sidebar?.querySelectorAll('nav .cut') ?? []) {
        expect(words.scrollWidth <= words.clientWidth || width < 1000).toBe(true);
      }
      await cleanup();
    }
  });
});
