import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import { session } from '$app/session';
import { faults } from '$test/axe';
import { fakeCore, sessionView } from '$test/core';
import Stage from '$test/Stage.svelte';
import ProductsPage from './ProductsPage.svelte';

afterEach(() => cleanup());

it('lets a lead choose how a product is worked on', async () => {
  session.view = sessionView({
    person: {
      id: 'p1',
      name: 'Anna Example',
      roles: ['lead'],
      engagement_count: 0,
      override_count: 0,
      is_me: true,
      absences: [],
    },
  });
  const product = { id: 'x', name: 'Portal', series: null, price: null, template_id: null };
  const asked = fakeCore({
    list_products: ({ from }) => ({ count: 1, from, rows: [product] }),
    templates: () => [{ id: 'saas_onboarding', label: 'SaaS onboarding', stage_ids: [] }],
    set_product_template: () => product,
  });
  await render(Stage, { view: ProductsPage });
  const select = page.getByRole('combobox', { name: /Way of working for .*Portal/ });
  await expect.element(select).toBeVisible();
  expect(await faults()).toEqual([]);
  await userEvent.selectOptions(select, 'saas_onboarding');
  await expect
    .poll(() => asked.find(({ name }) => name === 'set_product_template')?.args)
    .toEqual({ product_id: 'x', template_id: 'saas_onboarding' });
});

it('says to everybody else what a product follows, and offers nothing that is closed to them', async () => {
  session.view = sessionView();
  const product = { id: 'x', name: 'Portal', series: 'P', price: null, template_id: null };
  const onboarding = { ...product, id: 'y', name: 'Suite', template_id: 'saas_onboarding' };
  fakeCore({
    list_products: ({ from }) => ({ count: 2, from, rows: [product, onboarding] }),
    templates: () => [{ id: 'saas_onboarding', label: 'SaaS onboarding', stage_ids: [] }],
  });
  await render(Stage, { view: ProductsPage });
  const lines = page.getByRole('listitem');
  await expect.element(lines.nth(0)).toHaveTextContent(/Portal.*The usual one/);
  await expect.element(lines.nth(1)).toHaveTextContent(/Suite.*SaaS onboarding/);
  expect(document.querySelector('select')).toBeNull();
  expect(await faults()).toEqual([]);
});
