import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import type { PersonView, SearchGroup, SessionView } from '$lib/api';
import { dismiss, toasts } from '$lib/kit';
import { filter } from '$lib/widgets/filter.svelte';
import { faults } from '$test/axe';
import { boardCore, desktop, sessionView, type Asked } from '$test/core';
import { everyKind, todayView } from '$test/today';
import App from '../App.svelte';
import { router } from './router';
import { session } from './session';

const anna: PersonView = {
  id: 'p1',
  name: 'Anna Example',
  roles: ['sales'],
  engagement_count: 1,
  override_count: 0,
  is_me: true,
  absences: [],
};

let view: SessionView;

const found: SearchGroup[] = [
  {
    kind: 'contact',
    count: 1000,
    rows: [{ id: 'c1', name: 'Rolla Client', of: 'Baltica Care', open_id: 'a1' }],
  },
  {
    kind: 'engagement',
    count: 1,
    rows: [{ id: 'e7', name: 'Rollout north', of: 'Baltica Care', open_id: 'e7' }],
  },
];

async function open(): Promise<Asked[]> {
  const asked = boardCore([5, 3, 0, 1, 0], {
    session: () => view,
    choose_person: () => view,
    today: (args) => todayView(everyKind(), args),
    list_due: () => ({ count: 0, from: 0, rows: [] }),
    search: ({ words }) => ({ groups: words === 'roll' ? found : [] }),
  });
  session.view = null;
  await render(App);
  await expect.poll(() => document.querySelectorAll('.board-card').length).toBeGreaterThan(0);
  return asked;
}

const palette = page.getByRole('dialog', { name: 'Search or run a command' });

async function openPalette(): Promise<void> {
  await userEvent.keyboard('{Control>}k{/Control}');
  await expect.element(palette.getByRole('combobox')).toHaveFocus();
}

beforeEach(() => {
  view = sessionView({
    person: anna,
    people_count: 1,
    engagement_count: 9,
    workspace: { id: 'w', currency: 'EUR', admin_id: 'p1' },
  });
  filter.clear();
  localStorage.removeItem('baton-zoom');
  toasts.list.forEach(({ id }) => dismiss(id));
  router.replace({ name: 'board' });
});
afterEach(() => cleanup());

describe('the window', () => {
  it('has nothing that axe finds wrong', async () => {
    view = { ...view, rehearsal: true, pending_count: 2 };
    await open();
    expect(await faults()).toEqual([]);
  });

  it('says what it shows: in the sidebar and in the title', async () => {
    await open();
    await expect.element(page.getByRole('link', { name: 'Board' })).toHaveAttribute('aria-current');
    await page.getByRole('link', { name: 'People' }).click();
    await expect.element(page.getByRole('heading', { level: 1, name: 'People' })).toBeVisible();
    await expect
      .element(page.getByRole('link', { name: 'People' }))
      .toHaveAttribute('aria-current');
    expect(document.title).toContain('People');
  });

  it('begins with Today, the first place of the sidebar', async () => {
    await open();
    await userEvent.keyboard('gt');
    await expect.element(page.getByRole('heading', { level: 1, name: /^Today/ })).toBeVisible();
    const first = document.querySelector('nav a');
    expect(first?.textContent).toContain('Today');
    expect(first?.getAttribute('aria-current')).toBe('page');
    expect(await faults()).toEqual([]);
  });

  it('shows everything larger and smaller, and stays so from one start to the next', async () => {
    await open();
    await userEvent.keyboard('{Control>}++{/Control}');
    await expect.poll(() => desktop.zoom).toBe(1.25);
    await cleanup();
    desktop.zoom = 1;
    await open();
    await expect.poll(() => desktop.zoom).toBe(1.25);
    await userEvent.keyboard('{Control>}-{/Control}');
    await expect.poll(() => desktop.zoom).toBe(1.1);
    await userEvent.keyboard('{Control>}0{/Control}');
    await expect.poll(() => desktop.zoom).toBe(1);
  });

  it('goes where a notice of the desktop leads', async () => {
    await open();
    desktop.open('moods');
    await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('Mood checks');
    await expect.poll(() => document.title).toContain('Mood checks');
  });

  it('names the person who works here, and lets another take over', async () => {
    const asked = await open();
    const who = page.getByRole('button', { name: 'Working as Anna Example', exact: true });
    await who.click();
    await page.getByRole('menuitem', { name: /Anna Example/ }).click();
    await expect.poll(() => asked.some(({ name }) => name === 'choose_person')).toBe(true);
  });

  it('asks who it is before anything else when nobody is chosen', async () => {
    view = sessionView();
    boardCore([0, 0, 0, 0, 0], { session: () => view });
    session.view = null;
    await render(App);
    await expect.element(page.getByRole('heading', { name: 'Welcome to Baton' })).toBeVisible();
    expect(document.querySelector('[data-area="sidebar"]')).toBeNull();
  });

  it('says why it cannot start, with a way to try again', async () => {
    let down = true;
    boardCore([1, 0, 0, 0, 0], {
      session: () => {
        if (down) throw { code: 'store_busy' };
        return view;
      },
    });
    session.view = null;
    await render(App);
    await expect.element(page.getByText(/Try again in a moment/)).toBeVisible();
    down = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.element(page.getByRole('heading', { name: 'Board' })).toBeVisible();
  });

  it('goes from area to area with F6', async () => {
    await open();
    const area = (): string | undefined =>
      document.activeElement?.closest<HTMLElement>('[data-area]')?.dataset['area'];
    await userEvent.keyboard('{F6}');
    expect(area()).toBe('sidebar');
    await userEvent.keyboard('{F6}');
    expect(area()).toBe('content');
    await userEvent.keyboard('{Shift>}{F6}{/Shift}');
    expect(area()).toBe('sidebar');
  });

  it('keeps what was typed into a new engagement that was put aside', async () => {
    await open();
    await userEvent.keyboard('c');
    const client = page.getByRole('dialog').getByRole('textbox').first();
    await userEvent.fill(client, 'Aurora');
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => document.querySelector('[role="dialog"]')).toBeNull();
    await userEvent.keyboard('c');
    await expect.element(client).toHaveValue('Aurora');
    expect(await faults()).toEqual([]);
  });

  it('shows the keys of the screen in a sheet', async () => {
    await open();
    await userEvent.keyboard('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await expect.element(sheet.getByText('Undo your last act')).toBeVisible();
    expect(await faults()).toEqual([]);
  });
});

describe('the palette', () => {
  it('has nothing that axe finds wrong', async () => {
    await open();
    await openPalette();
    expect(await faults()).toEqual([]);
  });

  it('finds commands by their name and by other words, and runs them', async () => {
    await open();
    await openPalette();
    await userEvent.keyboard('kanban');
    await expect.element(palette.getByRole('option').first()).toHaveTextContent('Board');
    await userEvent.keyboard('{Control>}a{/Control}colleagues{Enter}');
    await expect.poll(() => router.route.name).toBe('people');
  });

  it('finds records of every kind, says how many, and opens them', async () => {
    await open();
    await openPalette();
    await userEvent.keyboard('roll');
    await expect.element(palette.getByRole('option', { name: /Rollout north/ })).toBeVisible();
    await expect.element(palette.getByText(/^Contacts \(more than 999/)).toBeVisible();
    await expect.element(palette.getByRole('status')).toHaveTextContent(/records found/);
    expect(await faults()).toEqual([]);
    await userEvent.keyboard('{ArrowUp}{Enter}');
    await expect.poll(() => router.route).toMatchObject({ name: 'engagement', id: 'e7' });
    await openPalette();
    await userEvent.keyboard('roll');
    await palette.getByRole('option', { name: /Rolla Client/ }).click();
    await expect.poll(() => router.route).toEqual({ name: 'account', id: 'a1' });
  });

  it('says when nothing matches, and gives the focus back', async () => {
    await open();
    document.querySelector<HTMLElement>('a[href$="post-sales-0"]')?.focus();
    await openPalette();
    await expect.element(palette.getByRole('option').first()).toHaveTextContent('Open');
    await userEvent.keyboard('zzzz');
    await expect.element(palette.getByRole('status')).toHaveTextContent(/Nothing matches/);
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => document.activeElement?.getAttribute('href')).toContain('post-sales-0');
  });
});
