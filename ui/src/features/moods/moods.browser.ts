import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import { router } from '$app/router';
import { session } from '$app/session';
import type { DueCheckView, MoodsView } from '$lib/api';
import { plain } from '$lib/i18n';
import { dismiss, toasts } from '$lib/kit';
import { faults } from '$test/axe';
import { fakeCore, sessionView, type Asked } from '$test/core';
import Stage from '$test/Stage.svelte';
import MoodsPage from './MoodsPage.svelte';

const anna = {
  id: 'p1',
  name: 'Anna Example',
  roles: ['account_manager' as const],
  engagement_count: 3,
  override_count: 0,
  is_me: true,
  absences: [],
};

const due = (i: number, more: Partial<DueCheckView> = {}): DueCheckView => ({
  engagement_id: `e${i}`,
  engagement: `Rollout ${i}`,
  account: ['Baltica Care', 'Aurora Logistics', 'Nordkap'][i] ?? 'Other',
  side: 'client',
  due_on: '2026-11-18',
  rhythm_on: '2026-11-18',
  days_late: 4,
  tenths: 40,
  owner: 'Anna Example',
  owner_id: 'p1',
  ...more,
});

const moods: MoodsView = {
  kick_off_on: '2026-09-01',
  client: {
    due_on: '2026-11-18',
    days_late: 4,
    tenths: 40,
    checks: [
      {
        on: '2026-10-18',
        tenths: 40,
        answers: [{ score: 4, note: 'Likes the reports', note_hidden: false, by: 'Ola Nowak' }],
        skipped: null,
        skipped_by: null,
      },
    ],
  },
  team: { due_on: '2026-11-18', days_late: 4, tenths: null, checks: [] },
  rhythm: { first_days: 14, every_days: 14, until_day: 60, then_months: 1 },
  has_own_rhythm: false,
};

async function open(checks: DueCheckView[]): Promise<Asked[]> {
  const settled = new Set<string>();
  const settle = ({ engagement_id }: Record<string, unknown>): unknown =>
    settled.add(String(engagement_id));
  const asked = fakeCore({
    session: () => sessionView({ person: anna }),
    list_due: () => {
      const rows = checks.filter(({ engagement_id }) => !settled.has(engagement_id));
      return { count: rows.length, from: 0, rows };
    },
    moods: () => moods,
    record_mood: settle,
    skip_mood: settle,
    log_promise: () => ({}),
    undo: () => {
      settled.clear();
      return { left: [] };
    },
  });
  await session.reload();
  await render(Stage, { view: MoodsPage });
  await expect.poll(words).toContain('Mood checks');
  return asked;
}

const words = (): string => plain(document.body.innerText).replace(/\s+/g, ' ');
const client = (name: string) => page.getByRole('heading', { level: 2, name });
const sent = (asked: Asked[], name: string): Record<string, unknown>[] =>
  asked.filter((one) => one.name === name).map(({ args }) => args);

beforeEach(() => {
  toasts.list.forEach(({ id }) => dismiss(id));
  router.replace({ name: 'moods' });
});
afterEach(() => {
  cleanup();
  session.view = null;
});

describe('the pass through due checks', () => {
  it('has nothing that axe finds wrong, in light, dark and from right to left', async () => {
    await open([due(0), due(1)]);
    await expect.element(client('Baltica Care')).toBeVisible();
    expect(await faults()).toEqual([]);
  });

  it('asks for the checks of the person who works here, and says what is known', async () => {
    const asked = await open([due(0), due(1, { side: 'team' })]);
    expect(sent(asked, 'list_due')[0]).toMatchObject({ owner_id: 'p1' });
    await expect.poll(words).toContain('Likes the reports');
    for (const said of ['1 of 2', 'Rollout 0 · Client mood', '4 days late', '4, good, on'])
      expect(words()).toContain(said);
  });

  it('is gone through from the keyboard alone', async () => {
    const asked = await open([due(0), due(1, { side: 'team' }), due(2)]);
    await expect.element(client('Baltica Care')).toBeVisible();
    await userEvent.keyboard('4{Enter}');
    await expect.element(client('Aurora Logistics')).toBeVisible();
    await userEvent.keyboard('2');
    await expect.element(page.getByRole('textbox', { name: /What was said/ })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(words).toContain('Write down what was said');
    expect(await faults()).toEqual([]);
    await userEvent.keyboard('Too slow{Enter}');
    await expect.element(client('Nordkap')).toBeVisible();
    expect(words()).toContain('3 of 3');
    await userEvent.keyboard('s');
    await expect.element(page.getByRole('textbox', { name: /nobody asked/ })).toHaveFocus();
    await userEvent.keyboard('On holiday{Enter}');
    await expect.poll(words).toContain('All checks are gone through.');
    expect(words()).toContain('2 written down, 1 skipped, 0 left for later.');
    expect(words()).not.toContain('that are left');
    await expect.element(page.getByRole('button', { name: 'Back to Today' })).toHaveFocus();
    expect(sent(asked, 'record_mood')).toMatchObject([
      { engagement_id: 'e0', side: 'client', score: 4, note: null },
      { engagement_id: 'e1', side: 'team', score: 2, note: 'Too slow' },
    ]);
    expect(sent(asked, 'skip_mood')).toMatchObject([{ engagement_id: 'e2', reason: 'On holiday' }]);
    expect(await faults()).toEqual([]);
  });

  it('logs a promise of help without leaving', async () => {
    const asked = await open([due(0)]);
    await expect.element(client('Baltica Care')).toBeVisible();
    await userEvent.keyboard('p');
    await expect.element(page.getByRole('textbox', { name: /you promise/ })).toHaveFocus();
    expect(await faults()).toEqual([]);
    await userEvent.keyboard('A call on Friday{Enter}');
    await expect
      .poll(() => sent(asked, 'log_promise')[0])
      .toMatchObject({ engagement_id: 'e0', kind: 'delivery', wording: 'A call on Friday' });
    await expect.element(client('Baltica Care')).toBeVisible();
    await userEvent.keyboard('5{Enter}');
    await expect.poll(words).toContain('All checks are gone through.');
  });

  it('leaves one for later, and offers it again at the end', async () => {
    await open([due(0)]);
    await expect.element(client('Baltica Care')).toBeVisible();
    await userEvent.keyboard('n');
    await page.getByRole('button', { name: /Go through the/ }).click();
    await expect.element(client('Baltica Care')).toBeVisible();
  });

  it('comes back to a check whose reading was undone', async () => {
    await open([due(0), due(1)]);
    await expect.element(client('Baltica Care')).toBeVisible();
    await userEvent.keyboard('3{Enter}');
    await expect.element(client('Aurora Logistics')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.element(client('Baltica Care')).toBeVisible();
  });

  it('says so when nothing is due', async () => {
    await open([]);
    await expect.poll(words).toContain('No mood check of yours is due.');
    expect(await faults()).toEqual([]);
  });
});
