import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import { router } from '$app/router';
import { ApiError, type TodayRow } from '$lib/api';
import { plain } from '$lib/i18n';
import { dismiss, toasts } from '$lib/kit';
import { faults } from '$test/axe';
import { fakeCore, type Asked } from '$test/core';
import Stage from '$test/Stage.svelte';
import { everyKind, todayRow, todayView } from '$test/today';
import TodayPage from './TodayPage.svelte';

let rows: TodayRow[];

async function open(): Promise<Asked[]> {
  const gone = (engagement_id: unknown, side: unknown): unknown => {
    rows = rows.filter((row) => row.engagement_id !== engagement_id || row.side !== side);
    return {};
  };
  const asked = fakeCore({
    today: (args) => todayView(rows, args),
    record_mood: ({ engagement_id, side, score, note }) => {
      if (Number(score) < 3 && !note) throw new ApiError('note_missing');
      return gone(engagement_id, side);
    },
    skip_mood: ({ engagement_id, side }) => gone(engagement_id, side),
    undo: () => ({ left: [] }),
  });
  await render(Stage, { view: TodayPage });
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
  return asked;
}

const row = (name: RegExp) => page.getByRole('listitem').filter({ hasText: name });
const sent = (asked: Asked[], name: string): Record<string, unknown>[] =>
  asked.filter((one) => one.name === name).map(({ args }) => args);
/** What is read, in one line. */
const words = (): string => plain(document.body.innerText).replace(/\s+/g, ' ');
const focused = (): string => document.activeElement?.textContent ?? '';

async function focusOn(name: RegExp): Promise<void> {
  await expect.element(row(name)).toBeVisible();
  row(name).element().querySelector('a')?.focus();
}

beforeEach(() => {
  rows = everyKind();
  toasts.list.forEach(({ id }) => dismiss(id));
  router.replace({ name: 'today' });
});
afterEach(() => cleanup());

describe('Today', () => {
  it('has nothing that axe finds wrong, in light, dark and from right to left', async () => {
    await open();
    await expect.element(row(/Waits for|commented/).first()).toBeVisible();
    expect(await faults()).toEqual([]);
  });

  it('says of every row why it is there, and how late it is in words', async () => {
    await open();
    await expect.poll(words).toContain('No longer holds: Scope confirmed');
    for (const said of [
      'Ola Nowak commented on Scope and Schedule',
      'Client mood, due Nov 18 4 days late',
      'Team mood, due Nov 22 today',
      'Contract ends Dec 4 in 12 days',
      'Channels agreed and 3 more',
      'That is all for today.',
    ])
      expect(words()).toContain(said);
  });

  it('keeps what I wait for apart', async () => {
    await open();
    const waiting = page.getByRole('region', { name: /I wait for/ });
    await expect.element(waiting.getByText(/Waits for/)).toBeVisible();
    await expect
      .element(page.getByRole('heading', { level: 1 }))
      .toHaveTextContent(/things wait for you/);
  });

  it('shows one kind alone when its chip is pressed', async () => {
    await open();
    await page.getByRole('button', { name: /^Mood check 2/ }).click();
    await expect.poll(() => page.getByRole('listitem').elements().length).toBe(3);
  });

  it('keeps a score at one key, and the focus goes to the next row', async () => {
    const asked = await open();
    await focusOn(/Client mood/);
    await userEvent.keyboard('4');
    await expect
      .poll(() => sent(asked, 'record_mood')[0])
      .toMatchObject({ engagement_id: 'mood_check-0', side: 'client', score: 4, note: null });
    await expect.poll(focused).toContain('Team mood');
    await expect.poll(() => toasts.list[0]?.text).toContain('Client mood');
  });

  it('asks in place what was said before it keeps a 1 or 2', async () => {
    const asked = await open();
    await focusOn(/Client mood/);
    await userEvent.keyboard('2');
    const note = page.getByRole('textbox', { name: /What was said/ });
    await expect.element(note).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('alert')).toHaveTextContent(/Write down what was said/);
    expect(await faults()).toEqual([]);
    expect(sent(asked, 'record_mood')).toEqual([]);
    await note.click();
    await userEvent.keyboard('Nobody answers them{Enter}');
    await expect
      .poll(() => sent(asked, 'record_mood')[0])
      .toMatchObject({ score: 2, note: 'Nobody answers them' });
    await expect.poll(focused).toContain('Team mood');
  });

  it('skips with a reason, and Escape leaves without', async () => {
    const asked = await open();
    await focusOn(/Client mood/);
    await userEvent.keyboard('s');
    await expect.element(page.getByRole('textbox', { name: /nobody asked/ })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.poll(focused).toContain('Client mood');
    await userEvent.keyboard('s');
    await userEvent.keyboard('On holiday{Enter}');
    await expect.poll(() => sent(asked, 'skip_mood')[0]).toMatchObject({ reason: 'On holiday' });
  });

  it('walks with the arrows, and opens each row where its matter is', async () => {
    await open();
    await expect.element(row(/No longer holds/)).toBeVisible();
    await userEvent.keyboard('{ArrowDown}');
    await expect.poll(focused).toContain('No longer holds');
    await userEvent.keyboard('{ArrowDown}');
    await expect.poll(focused).toContain('commented');
    await userEvent.keyboard('{Enter}');
    expect(router.route).toMatchObject({
      name: 'engagement',
      id: 'returned_handover-0',
      tab: 'handover',
      focus: 'scope',
    });
    await focusOn(/No longer holds/);
    await userEvent.keyboard('{End}');
    await expect.poll(focused).toContain('Kick-off held on');
    await userEvent.keyboard('{Enter}');
    expect(router.route).toMatchObject({ tab: 'pipeline', focus: 'kick_off_held' });
  });

  it('says so when nothing waits, with one thing to do', async () => {
    rows = [todayRow('mood_check', 0, { side: 'client', on: '2026-11-22', days_late: 0 })];
    await open();
    await focusOn(/Client mood/);
    await userEvent.keyboard('5');
    await expect.element(page.getByText('Nothing waits for you today.')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Look at the board' })).toHaveFocus();
    expect(await faults()).toEqual([]);
  });

  it('mounts few of many rows', async () => {
    rows = Array.from({ length: 5000 }, (_, i) =>
      todayRow('mood_check', i, { side: 'client', on: '2026-11-20', days_late: 2 }),
    );
    await open();
    await focusOn(/Rollout 0 /);
    expect(page.getByRole('listitem').elements().length).toBeLessThan(60);
    await userEvent.keyboard('{End}');
    await expect.poll(focused).toContain('Rollout 4999');
    await userEvent.keyboard('3');
    await expect.poll(focused).toContain('Rollout 4998');
  });
});
