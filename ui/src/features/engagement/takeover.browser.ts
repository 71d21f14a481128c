import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import { faults } from '$test/axe';
import { fakeCore } from '$test/core';
import Stage from '$test/Stage.svelte';
import EngagementPage from './EngagementPage.svelte';
import { engagement, people } from './fixtures/engagement';

afterEach(() => cleanup());

it('takes over what already runs, from the menu of an engagement that just came', async () => {
  const asked = fakeCore({
    engagement: () => engagement,
    people: () => people,
    take_over: () => ({ ...engagement, taken_over_at: 'execution' }),
  });
  await render(Stage, { view: EngagementPage, id: engagement.id });
  await page.getByRole('button', { name: 'More' }).first().click();
  await page.getByRole('menuitem', { name: /Already running/ }).click();
  const stage = page.getByRole('combobox', { name: 'It stands at' });
  await userEvent.selectOptions(stage, 'execution');
  expect(await faults()).toEqual([]);
  await page.getByRole('button', { name: 'Take over', exact: true }).click();
  await expect
    .poll(() => asked.find(({ name }) => name === 'take_over')?.args)
    .toEqual({ engagement_id: engagement.id, stage: 'execution' });
});
