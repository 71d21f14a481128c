import { afterEach, beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import { router } from '$app/router';
import type { AccountRowView, ContactView } from '$lib/api';
import { i18n } from '$lib/i18n';
import { faults } from '$test/axe';
import { card, fakeCore, type Asked } from '$test/core';
import Stage from '$test/Stage.svelte';
import Account from './Account.svelte';
import AccountsPage from './AccountsPage.svelte';

const row = (i: number, more: Partial<AccountRowView> = {}): AccountRowView => ({
  id: `a${i}`,
  name: `Baltica ${i}`,
  sector: null,
  country: 'PL',
  parent_name: null,
  state: 'active',
  engagement_count: 3,
  active_count: 2,
  client_mood: 25,
  contract_end_on: '2027-01-31',
  owner: 'Anna Example',
  owner_id: 'p1',
  ...more,
});

const contact: ContactView = {
  id: 'c1',
  account_id: 'a1',
  account: 'Baltica 1',
  name: 'Maja Client',
  kind: 'champion',
  position: 'COO',
  email: 'maja@example.com',
  phone: null,
  language: 'pl',
  note: null,
};

async function core(): Promise<Asked[]> {
  const total = 5000;
  return fakeCore({
    list_accounts: ({ from, count, search, state }) => ({
      count: search === 'nothing' ? 0 : total,
      from,
      rows: Array.from({ length: Number(count) }, (_, i) =>
        row(Number(from) + i, state ? { state: 'churned' } : {}),
      ),
    }),
    list_engagements: ({ from }) => ({ count: 1, from, rows: [card('execution', 1)] }),
    account: () => ({
      account: row(1),
      contacts: [contact],
      from_handovers: [
        {
          point_id: 'decision_maker',
          engagement_id: 'e1',
          engagement: 'Rollout',
          name: 'Jan Boss',
          position: 'CEO',
          email: null,
          phone: '+48 1',
          language: null,
        },
      ],
    }),
    similar_accounts: () => [{ id: 'a9', name: 'Baltica 9', is_same: false }],
    create_contact: () => 'c2',
    update_contact: () => null,
    delete_contact: () => null,
    undo: () => ({ act_id: 'act', left: [] }),
  });
}

beforeEach(() => router.replace({ name: 'accounts' }));
afterEach(() => {
  cleanup();
  i18n.setLocale('en');
});

it('lists clients by state and opens one with Enter', async () => {
  const asked = await core();
  await render(Stage, { view: AccountsPage });
  await expect.element(page.getByRole('link', { name: 'Baltica 0', exact: true })).toBeVisible();
  expect(document.querySelectorAll('[role="row"]').length).toBeLessThan(60);
  await page.getByRole('button', { name: 'Churned' }).click();
  await expect.poll(() => asked.some(({ args }) => args['state'] === 'churned')).toBe(true);
  document.querySelector<HTMLElement>('[aria-rowindex="3"]')?.focus();
  await userEvent.keyboard('{Enter}');
  expect(router.route).toEqual({ name: 'account', id: 'a1' });
});

it('says when a client that is typed looks like one that is known', async () => {
  await core();
  await render(Stage, { view: AccountsPage });
  await page.getByRole('button', { name: /Add a client/ }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Baltika');
  await page.getByRole('button', { name: /Use .*Baltica 9/ }).click();
  expect(router.route).toEqual({ name: 'account', id: 'a9' });
});

it('adds a person of a handover, and removes a contact with a way back', async () => {
  const asked = await core();
  await render(Stage, { view: Account, id: 'a1' });
  await page.getByRole('button', { name: /Add as contact: .*Jan Boss/ }).click();
  await expect
    .poll(() => asked.find(({ name }) => name === 'create_contact')?.args['contact'])
    .toEqual({ name: 'Jan Boss', kind: 'decision_maker', position: 'CEO', phone: '+48 1' });
  await page.getByRole('button', { name: /Remove .*Maja Client/ }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => asked.some(({ name }) => name === 'undo')).toBe(true);
});

it('takes back what a contact is to us', async () => {
  const asked = await core();
  await render(Stage, { view: Account, id: 'a1' });
  await page.getByRole('button', { name: /Edit .*Maja Client/ }).click();
  await userEvent.selectOptions(page.getByRole('combobox', { name: /What they are to us/ }), '');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect
    .poll(() => asked.find(({ name }) => name === 'update_contact')?.args['contact'])
    .toMatchObject({ name: 'Maja Client', kind: null });
});

/** Where the words of an element begin and end, in whole pixels. */
function edges(element: Element): { start: number; end: number } {
  const range = document.createRange();
  range.selectNodeContents(element);
  const { left, right } = range.getBoundingClientRect();
  const [start, end] = i18n.dir === 'rtl' ? [right, left] : [left, right];
  return { start: Math.round(start), end: Math.round(end) };
}

it.each(['en', 'qps-plocm'] as const)(
  'shows the engagements of a client in line with their heading, in %s',
  async (locale) => {
    i18n.setLocale(locale);
    await core();
    await render(Stage, { view: Account, id: 'a1' });
    await expect.element(page.getByRole('grid').getByRole('link')).toBeVisible();
    const panel = page.getByRole('grid').element().closest('section')!;
    const cells = panel.querySelectorAll('[role="columnheader"], [role="gridcell"]');
    const box = panel.getBoundingClientRect();
    const end = Math.round(i18n.dir === 'rtl' ? box.left : box.right);
    for (const first of [cells[0], cells[4]])
      expect(edges(first!).start).toBe(edges(panel.querySelector('h2')!).start);
    for (const last of [cells[3], cells[7]]) expect(edges(last!).end).toBe(end);
  },
);

it.each([AccountsPage, Account])('has nothing that axe finds wrong', async (view) => {
  await core();
  await render(Stage, { view, id: 'a1' });
  await expect.element(page.getByRole('grid')).toBeVisible();
  expect(await faults()).toEqual([]);
});
