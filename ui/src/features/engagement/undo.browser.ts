import { afterEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import { undo } from '$lib/acts';
import type { EngagementView, HistoryEntry } from '$lib/api';
import { plain } from '$lib/i18n';
import { dismiss, toasts } from '$lib/kit';
import { faults } from '$test/axe';
import { fakeCore, type Asked } from '$test/core';
import Stage from '$test/Stage.svelte';
import EngagementPage from './EngagementPage.svelte';
import { engagement, OLA, people } from './fixtures/engagement';
import { entries } from './fixtures/history';

const decided: HistoryEntry = {
  ...entries[0]!,
  act_id: 'decision',
  command: 'decide_renewal',
  person_id: people[0]!.id,
  can_undo: true,
  changes: [
    {
      ...entries[0]!.changes[0]!,
      kind: 'append',
      field: 'decision',
      value: { outcome: 'renewed', next: 'next' },
    },
  ],
};
const renewed: EngagementView = { ...engagement, status: 'renewed', next_id: 'next' };
const next: EngagementView = {
  ...engagement,
  id: 'next',
  name: 'Second year',
  deleted: true,
  previous_id: engagement.id,
};
const opened: HistoryEntry = {
  ...decided,
  changes: [
    { ...decided.changes[0]!, kind: 'create', field: null, value: { name: 'Second year' } },
  ],
};
const filled: HistoryEntry = {
  ...opened,
  act_id: 'fill',
  command: 'fill_handover',
  person: 'Ola Nowak',
  person_id: OLA,
};

const words = (): string => plain(document.body.innerText).replace(/\s+/g, ' ');

/** A store in which `since` happened to the engagement that followed. */
function core(since: HistoryEntry[], outcome = 'next', command = 'decide_renewal'): Asked[] {
  return fakeCore({
    engagement: ({ engagement_id }) => (engagement_id === 'next' ? next : renewed),
    people: () => people,
    history: ({ engagement_id }) => {
      const rows = engagement_id === 'next' ? [...since, opened] : [decided];
      return { count: rows.length, from: 0, rows };
    },
    undo: () => ({
      undone_act_id: 'decision',
      command,
      engagement_id: outcome,
      undone: 2,
      left: [],
    }),
    redo: () => ({ command: 'undo', engagement_id: null, undone_act_id: 'u', undone: 2, left: [] }),
  });
}

afterEach(() => {
  cleanup();
  toasts.list.forEach(({ id }) => dismiss(id));
});

it('says before a decision is undone which engagement goes and whose work', async () => {
  core([filled]);
  await render(EngagementPage, { id: engagement.id, tab: 'history' });
  await expect.poll(words).toContain('also takes away “Second year”');
  expect(words()).toContain('what others did there: Ola Nowak. Talk to them first.');
  expect(await faults()).toEqual([]);
});

it('says it in the history of the engagement that would go, too', async () => {
  core([filled]);
  await render(EngagementPage, { id: 'next', tab: 'history' });
  await page.getByRole('row').nth(2).click();
  await expect.poll(words).toContain('what others did there: Ola Nowak');
});

it('names nobody where nobody else worked', async () => {
  core([{ ...filled, person_id: people[0]!.id }]);
  await render(EngagementPage, { id: engagement.id, tab: 'history' });
  await expect
    .poll(words)
    .toContain('also takes away “Second year”, the engagement that followed.');
});

it('says after an undo what went with it, and brings it back', async () => {
  const asked = core([filled]);
  await render(Stage, { view: EngagementPage, id: engagement.id });
  await undo();
  await expect.poll(words).toContain('“Second year”, the engagement that followed, is gone');
  expect(words()).toContain('Work of others went, too: Ola Nowak.');
  await page.getByRole('button', { name: 'Bring it back' }).click();
  await expect
    .poll(() => asked.find(({ name }) => name === 'redo')?.args)
    .toEqual({ act_id: 'decision' });
});

it('says it, too, when the decision had been undone and done again before', async () => {
  const asked = core([filled], 'next', 'redo');
  await render(Stage, { view: EngagementPage, id: engagement.id });
  await undo();
  await expect.poll(words).toContain('Work of others went, too: Ola Nowak.');
  await page.getByRole('button', { name: 'Bring it back' }).click();
  await expect.poll(() => asked.find(({ name }) => name === 'redo')?.args).toEqual({});
});

it('says no more than that it is undone where nothing followed', async () => {
  core([], engagement.id);
  await render(Stage, { view: EngagementPage, id: engagement.id });
  await undo();
  expect(plain(toasts.list[0]?.text ?? '')).toBe('Undone');
});
