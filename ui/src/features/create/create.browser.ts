import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import { faults } from '$test/axe';
import { fakeCore } from '$test/core';
import NewEngagement from './NewEngagement.svelte';

afterEach(() => cleanup());

it('takes product and way of working along, and the client that is known already', async () => {
  const asked = fakeCore({
    list_products: () => ({ count: 0, from: 0, rows: [] }),
    templates: () => [{ id: 'saas_onboarding', label: 'SaaS onboarding', stage_ids: [] }],
    similar_accounts: () => [{ id: 'a9', name: 'Baltica Care', is_same: true }],
    create_engagement: () => 'e1',
  });
  await render(NewEngagement, { open: true });
  await page.getByRole('textbox', { name: /^Client/ }).fill('baltica care');
  await page.getByRole('button', { name: /Use .*Baltica Care/ }).click();
  await page.getByRole('textbox', { name: /^Name/ }).fill('Rollout');
  await page.getByLabelText('Product').fill('Portal');
  await userEvent.selectOptions(
    page.getByRole('combobox', { name: /Way of working/ }),
    'saas_onboarding',
  );
  await page.getByLabelText('Contract value').fill('100');
  expect(await faults()).toEqual([]);
  await page.getByRole('button', { name: 'Create engagement' }).click();
  await expect
    .poll(() => asked.find(({ name }) => name === 'create_engagement')?.args)
    .toMatchObject({
      account: 'Baltica Care',
      product: 'Portal',
      template_id: 'saas_onboarding',
      value_minor: 10_000,
    });
});
