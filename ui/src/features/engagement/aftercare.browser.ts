import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import { session } from '$app/session';
import { ApiError, type EngagementView } from '$lib/api';
import { plain } from '$lib/i18n';
import { dismiss, toasts } from '$lib/kit';
import { faults } from '$test/axe';
import { fakeCore, sessionView, type Asked } from '$test/core';
import EngagementPage from './EngagementPage.svelte';
import { engagement, people, stages } from './fixtures/engagement';
import { felt } from './fixtures/moods';
import type { EngagementTab } from './tabs';

const felter: EngagementView = { ...engagement, moods: felt, contract_end_on: '2026-12-31' };
const decision = {
  id: 'renewal_decision',
  label: 'Decision',
  input: 'decision' as const,
  choices: [],
  mandatory: true,
  done: false,
  value: null,
  holder: 'Account manager',
  holder_id: null,
  holder_role: 'account_manager' as const,
  overridden: false,
  done_by: null,
  done_at: null,
};
const renewing: EngagementView = {
  ...felter,
  stage: 'renewal',
  next_stage: null,
  stages: stages.map((one) =>
    one.kind === 'renewal'
      ? { ...one, state: 'current', steps: [{ id: 'decision', label: '', items: [decision] }] }
      : { ...one, state: one.kind === 'execution' ? 'passed' : 'not_run' },
  ),
};
const churned: EngagementView = {
  ...renewing,
  status: 'churned',
  previous_id: 'before',
  decision: {
    outcome: 'churned',
    churn_reason: 'price',
    note: 'Went to a cheaper one',
    by: 'Anna Kowalska',
    at: Date.UTC(2026, 10, 20, 9),
  },
};

const words = (): string => plain(document.body.innerText).replace(/\s+/g, ' ');
const sent = (asked: Asked[], name: string): Record<string, unknown>[] =>
  asked.filter((one) => one.name === name).map(({ args }) => args);

async function open(view: EngagementView, tab: EngagementTab, focus?: string): Promise<Asked[]> {
  const asked = fakeCore({
    session: () => sessionView({ person: people[0] ?? null }),
    engagement: () => view,
    people: () => people,
    record_mood: () => view,
    skip_mood: () => view,
    set_mood_rhythm: () => view,
    set_contract_end: () => view,
    decide_renewal: ({ outcome }) => {
      if (outcome === 'renewed') {
        throw new ApiError('gate_closed', { to: outcome, open_items: view.open_items, blocks: [] });
      }
      return { engagement: churned, next_id: null };
    },
  });
  await session.reload();
  const target = document.body.appendChild(document.createElement('main'));
  await render(EngagementPage, { target, props: { id: view.id, tab, focus } });
  await expect.poll(words).toContain(view.name);
  return asked;
}

beforeEach(() => toasts.list.forEach(({ id }) => dismiss(id)));
afterEach(() => {
  cleanup();
  document.querySelectorAll('main').forEach((main) => main.remove());
  session.view = null;
});

describe('the moods of an engagement', () => {
  it('have nothing that axe finds wrong, with readings and before the kick-off', async () => {
    await open(felter, 'moods');
    expect(await faults()).toEqual([]);
    cleanup();
    await open(engagement, 'moods');
    expect(words()).toContain('The kick-off was not held yet.');
    expect(await faults()).toEqual([]);
  });

  it('are told as a curve, in words and in a table', async () => {
    await open(felter, 'moods');
    const chart = page.getByRole('img', { name: /Client: .*4.* of 5 on/ });
    await expect.element(chart).toBeVisible();
    expect(chart.element().querySelectorAll('circle').length).toBe(3);
    expect(chart.element().querySelectorAll('rect').length).toBe(1);
    expect(chart.element().querySelectorAll('.left-out').length).toBe(1);
    await expect.element(page.getByRole('table', { name: 'All checks' })).toBeVisible();
    expect(words()).toContain(
      'Sep 12, 2026 Client mood skipped The client is on holiday Ola Nowak',
    );
    expect(words()).toContain('Next check Nov 18, 4 days late');
  });

  it('are written down there; a 1 or 2 with what was said', async () => {
    const asked = await open(felter, 'moods');
    const client = page.getByRole('region', { name: 'Client mood' });
    await client.getByRole('button', { name: /very bad/ }).click();
    await expect.element(client.getByRole('textbox')).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(client.getByText(/Write down what was said/)).toBeVisible();
    expect(await faults()).toEqual([]);
    await userEvent.keyboard('They wait for us{Enter}');
    await expect
      .poll(() => sent(asked, 'record_mood')[0])
      .toMatchObject({ side: 'client', score: 1, note: 'They wait for us' });
  });

  it('are skipped there, with a reason', async () => {
    const asked = await open(felter, 'moods');
    await page.getByRole('button', { name: /Skip: .*Team mood/ }).click();
    await userEvent.keyboard('Workshop week{Enter}');
    await expect
      .poll(() => sent(asked, 'skip_mood')[0])
      .toMatchObject({ side: 'team', reason: 'Workshop week' });
  });

  it('have a rhythm that can be changed, and given back to the template', async () => {
    const asked = await open(felter, 'moods');
    await page.getByRole('button', { name: 'Change the rhythm' }).click();
    await expect.element(page.getByLabelText(/First check/)).toHaveFocus();
    await userEvent.fill(page.getByLabelText(/First check/), '0');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('alert')).toBeVisible();
    await userEvent.fill(page.getByLabelText(/First check/), '7');
    await userEvent.keyboard('{Enter}');
    await expect
      .poll(() => sent(asked, 'set_mood_rhythm')[0])
      .toMatchObject({
        rhythm: { first_days: 7, every_days: 14, until_day: 60, then_months: 1 },
      });
    await page.getByRole('button', { name: 'Change the rhythm' }).click();
    await page.getByRole('button', { name: 'As the template' }).click();
    await expect.poll(() => sent(asked, 'set_mood_rhythm')[1]).toMatchObject({ rhythm: null });
  });
});

describe('the renewal of an engagement', () => {
  it('is decided from the checklist, and names what is missing', async () => {
    const asked = await open(renewing, 'pipeline');
    await page.getByRole('button', { name: /Decide.*: / }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Decide', exact: true }).click();
    await expect.element(dialog.getByText('Choose how it ends.')).toBeVisible();
    await dialog.getByRole('radio', { name: 'Churned' }).click();
    expect(await faults()).toEqual([]);
    await dialog.getByRole('button', { name: 'Decide', exact: true }).click();
    await dialog
      .getByRole('combobox', { name: 'Why does the client leave?' })
      .selectOptions('Price');
    await dialog.getByRole('button', { name: 'Decide', exact: true }).click();
    await expect
      .poll(() => sent(asked, 'decide_renewal')[0])
      .toMatchObject({ outcome: 'churned', churn_reason: 'price', note: null });
    await expect.poll(words).toContain('Went to a cheaper one');
    await expect.element(dialog).not.toBeInTheDocument();
    await expect.poll(() => document.activeElement?.id).toBe('decision-made');
  });

  it('opens by itself when Today leads there, with the next engagement to fill', async () => {
    const asked = await open(renewing, 'pipeline', 'renewal_decision');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Renewed' }).click();
    await expect.element(dialog.getByLabelText('Name')).toHaveValue(renewing.name);
    expect(await faults()).toEqual([]);
    await dialog.getByRole('button', { name: 'Decide', exact: true }).click();
    await expect.element(dialog.getByRole('alert')).toHaveTextContent(/Still open here/);
    expect(sent(asked, 'decide_renewal')[0]).toMatchObject({
      outcome: 'renewed',
      name: renewing.name,
      value_minor: 4_850_000,
      currency: 'EUR',
    });
  });

  it('cannot go on from an earlier stage, but the client can leave', async () => {
    await open(felter, 'pipeline', 'renewal_decision');
    await expect.element(page.getByRole('radio', { name: 'Renewed' })).toBeDisabled();
    await expect.element(page.getByRole('radio', { name: 'Churned' })).toBeEnabled();
  });

  it('is told afterwards, with the way to its neighbours and without a way to move on', async () => {
    await open(churned, 'pipeline');
    for (const said of ['Churned', 'Price', 'Went to a cheaper one', 'by Anna Kowalska'])
      expect(words()).toContain(said);
    await expect
      .element(page.getByRole('link', { name: 'Open the one before' }))
      .toHaveAttribute('href', '#/engagement/before');
    expect(page.getByRole('button', { name: /^Move to/ }).elements()).toEqual([]);
    expect(await faults()).toEqual([]);
  });

  it('says which gates were never run here', async () => {
    await open(renewing, 'pipeline');
    expect(words()).toContain('Post-sales not run');
  });

  it('has a contract end that is set from the header', async () => {
    const asked = await open(felter, 'pipeline');
    expect(words()).toContain('Contract ends Dec 31, 2026');
    await page.getByRole('button', { name: /Change: contract ends/ }).click();
    expect(await faults()).toEqual([]);
    await userEvent.fill(page.getByRole('dialog').getByRole('textbox'), '2027-03-31');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => sent(asked, 'set_contract_end')[0]).toMatchObject({ on: '2027-03-31' });
  });
});
