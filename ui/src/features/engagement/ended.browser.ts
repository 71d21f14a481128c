import { afterEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import { commands } from '$app/commands';
import { session } from '$app/session';
import type { EngagementView, HistoryEntry } from '$lib/api';
import { plain } from '$lib/i18n';
import { faults } from '$test/axe';
import { fakeCore, sessionView } from '$test/core';
import EngagementPage from './EngagementPage.svelte';
import { engagement, people } from './fixtures/engagement';
import { entries } from './fixtures/history';
import { troubled } from './fixtures/variants';
import type { EngagementTab } from './tabs';

const nothing = Object.fromEntries(
  Object.keys(troubled.handover.can).map((act) => [act, false]),
) as unknown as EngagementView['handover']['can'];

/** It stands in kick-off with a broken gate behind it, and the client left. */
const ended: EngagementView = {
  ...troubled,
  status: 'churned',
  handover: { ...troubled.handover, can: nothing },
  contract_end_on: '2026-12-31',
  decision: { outcome: 'churned', churn_reason: 'price', note: null, by: 'Anna Kowalska', at: 0 },
};
const words = (): string => plain(document.body.innerText).replace(/\s+/g, ' ');
const buttons = (name: RegExp): Element[] => page.getByRole('button', { name }).elements();

async function open(
  view: EngagementView,
  tab: EngagementTab,
  rows: HistoryEntry[] = entries,
): Promise<void> {
  fakeCore({
    session: () => sessionView({ person: people[0] ?? null }),
    engagement: () => view,
    people: () => people,
    history: () => ({ count: rows.length, from: 0, rows }),
  });
  await session.reload();
  await render(EngagementPage, { id: view.id, tab });
  await expect.poll(words).toContain(view.name);
}

afterEach(() => {
  cleanup();
  session.view = null;
});

it('is not moved, neither on nor back, nor past its gate', async () => {
  await open(ended, 'pipeline');
  expect(buttons(/^Move/)).toEqual([]);
  expect(words()).not.toContain('Open this gate without');
  await page.getByRole('button', { name: 'More' }).first().click();
  await expect.element(page.getByRole('menuitem', { name: 'Rename' })).toBeVisible();
  expect(page.getByRole('menuitem', { name: /^Move back/ }).elements()).toEqual([]);
});

it('keeps its contract end', async () => {
  await open(ended, 'pipeline');
  expect(words()).toContain('Contract ends Dec 31, 2026');
  expect(buttons(/contract ends/)).toEqual([]);
});

it('answers neither the key for moving nor the palette', async () => {
  await open(ended, 'pipeline');
  const ids = commands.possible().map(({ id }) => id);
  expect(ids).toContain('engagement-rename');
  for (const gone of ['move', 'decide', 'contract-end'])
    expect(ids).not.toContain(`engagement-${gone}`);
});

it('leads from its decision to the history, where that is undone', async () => {
  await open(ended, 'pipeline');
  expect(words()).toContain('Decided by mistake?');
  expect(await faults()).toEqual([]);
  await page.getByRole('button', { name: 'Open the history' }).click();
  await expect.poll(() => location.hash).toContain('history');
});

it('is not handed over, and says what to do first', async () => {
  await open({ ...ended, stage: 'post-sales', stages: engagement.stages }, 'handover');
  expect(buttons(/^Submit/)).toEqual([]);
  expect(buttons(/^(Accept|Return|Verify|Take)/)).toEqual([]);
  expect(words()).toContain('Undo the decision in the history');
  expect(await faults()).toEqual([]);
});

it('does not tell anybody to reopen the handover that it was accepted with', async () => {
  const handover = { ...ended.handover, state: 'accepted' as const };
  await open({ ...ended, handover }, 'handover');
  expect(words()).toContain('its handover stays as it is');
});

it('has a history in which moves and contract ends stay', async () => {
  const [first] = entries;
  const change = {
    ...first!.changes[0]!,
    field: 'contract_end_on',
    value: '2026-12-31',
    can_restore: true,
  };
  const move = { ...first!, command: 'move_stage', can_undo: true, changes: [change] };
  await open({ ...ended, status: 'active' }, 'history', [move]);
  await expect.poll(() => buttons(/^Undo|^Restore/)).toHaveLength(2);
  cleanup();
  await open(ended, 'history', [move]);
  await expect.element(page.getByRole('heading', { name: /Moved/ })).toBeVisible();
  expect(buttons(/^Undo|^Restore/)).toEqual([]);
});
