import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import { router } from '$app/router';
import { session } from '$app/session';
import type { PersonView, SessionView } from '$lib/api';
import { ToastHost } from '$lib/kit';
import { faults } from '$test/axe';
import { fakeCore, sessionView, type Asked } from '$test/core';
import FirstRunPage from './FirstRunPage.svelte';

const anna: PersonView = {
  id: 'p1',
  name: 'Anna Example',
  roles: ['sales', 'lead'],
  engagement_count: 2,
  override_count: 0,
  is_me: false,
  absences: [],
};

let view: SessionView;
let busy = false;

async function open(): Promise<Asked[]> {
  const asked = fakeCore({
    session: () => view,
    people: () => [anna],
    create_person: () => 'p9',
    choose_person: () => view,
    choose_currency: () => {
      if (busy) throw { code: 'store_busy' };
      return view;
    },
    load_sample: () => ({ created: 12 }),
  });
  await session.reload();
  await render(FirstRunPage);
  await render(ToastHost);
  return asked;
}

const did = (asked: Asked[]): string[] =>
  asked.map(({ name }) => name).filter((name) => !['session', 'people'].includes(name));

async function introduce(): Promise<void> {
  await userEvent.fill(page.getByRole('textbox', { name: 'Your name' }), 'Bo Example');
  await page.getByRole('checkbox', { name: 'Project manager' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

beforeEach(() => {
  busy = false;
  view = sessionView();
  router.replace({ name: 'board' });
});
afterEach(() => cleanup());

describe('the first run', () => {
  it('asks for a name and a role before it goes on, and says so at the field', async () => {
    await open();
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect.element(page.getByText('Type your name.')).toBeVisible();
    await expect.element(page.getByRole('textbox', { name: 'Your name' })).toHaveFocus();
    await expect.element(page.getByText('Choose at least one role.')).toBeVisible();
  });

  it('records nothing before the last answer, then who, and the currency', async () => {
    const asked = await open();
    await introduce();
    await expect.element(page.getByText('How do you want to begin?')).toBeVisible();
    expect(did(asked)).toEqual([]);
    await page.getByRole('button', { name: /^Start empty/ }).click();
    await expect
      .poll(() => did(asked))
      .toEqual(['create_person', 'choose_person', 'choose_currency']);
    expect(asked.find(({ name }) => name === 'create_person')?.args).toEqual({
      name: 'Bo Example',
      roles: ['project_manager'],
    });
  });

  it('loads the sample book into the empty store first', async () => {
    const asked = await open();
    await introduce();
    await page.getByRole('button', { name: /sample book/ }).click();
    await expect.poll(() => did(asked)).toEqual(['load_sample', 'create_person', 'choose_person']);
    await expect
      .element(page.getByRole('group', { name: /The sample book is here/ }))
      .toBeVisible();
  });

  it('leads to the import', async () => {
    await open();
    await introduce();
    await page.getByRole('button', { name: /^Import won deals/ }).click();
    await expect.poll(() => router.route.name).toBe('import');
  });

  it('says why something was refused, and can be tried again', async () => {
    busy = true;
    await open();
    await introduce();
    const start = page.getByRole('button', { name: /^Start empty/ });
    await start.click();
    await expect.element(page.getByRole('group', { name: /Try again in a moment/ })).toBeVisible();
    await expect.element(start).not.toHaveAttribute('aria-disabled');
  });

  it('asks which of the people who are here this is', async () => {
    view = sessionView({
      people_count: 1,
      workspace: { id: 'w', currency: 'EUR', admin_id: null },
    });
    const asked = await open();
    const box = page.getByRole('combobox', { name: 'Which of these is you?' });
    await expect.element(box).not.toHaveAttribute('readonly');
    await box.click();
    await page.getByRole('option', { name: /Anna Example/ }).click();
    await page.getByRole('button', { name: 'This is me' }).click();
    await expect.poll(() => did(asked)).toEqual(['choose_person']);
  });

  it('has nothing that axe finds wrong, step by step', async () => {
    await open();
    expect(await faults()).toEqual([]);
    await page.getByRole('button', { name: 'Continue' }).click();
    expect(await faults()).toEqual([]);
    await introduce();
    expect(await faults()).toEqual([]);
  });
});
