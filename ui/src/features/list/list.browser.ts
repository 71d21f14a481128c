import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import { router } from '$app/router';
import { filter } from '$lib/widgets/filter.svelte';
import { faults } from '$test/axe';
import { card, fakeCore, kinds, type Asked } from '$test/core';
import Stage from '$test/Stage.svelte';
import { chosen } from './chips.svelte';
import ListPage from './ListPage.svelte';

const total = 100_000;
const row = (index: number): Element | null =>
  document.querySelector(`[role="row"][aria-rowindex="${index + 2}"]`);

async function list(): Promise<Asked[]> {
  const asked = fakeCore({
    people: () => [],
    list_engagements: ({ from, count, search }) => {
      const all = search === 'nothing' ? 0 : total;
      return {
        count: all,
        from,
        rows: Array.from(
          { length: Math.max(0, Math.min(Number(count), all - Number(from))) },
          (_, i) => card(kinds[(Number(from) + i) % 5]!, Number(from) + i),
        ),
      };
    },
    engagement: ({ engagement_id }) => ({ id: engagement_id, open_items: [], blocks: [] }),
  });
  await render(Stage, { view: ListPage });
  await expect.poll(() => row(0)?.textContent).toContain('Rollout 0');
  return asked;
}

beforeEach(() => {
  filter.clear();
  chosen.clear();
  router.replace({ name: 'list' });
});
afterEach(() => cleanup());

describe('the list', () => {
  it('knows all rows, fetches few and mounts fewer', async () => {
    const asked = await list();
    await expect
      .element(page.getByRole('grid'))
      .toHaveAttribute('aria-rowcount', String(total + 1));
    expect(document.querySelectorAll('[role="row"]').length).toBeLessThan(60);
    const most = Math.max(...asked.map(({ args }) => Number(args['count'] ?? 0)));
    expect(most).toBeLessThanOrEqual(60);
  });

  it('is walked with keys to its very end', async () => {
    await list();
    (row(0) as HTMLElement).focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await expect.poll(() => document.activeElement).toBe(row(2));
    await userEvent.keyboard('{End}');
    await expect.poll(() => row(total - 1)?.textContent).toContain(`Rollout ${total - 1}`);
    await expect.poll(() => document.activeElement).toBe(row(total - 1));
    await userEvent.keyboard('{PageUp}{Home}');
    await expect.poll(() => document.activeElement).toBe(row(0));
  });

  it('sorts in the core and says so', async () => {
    const asked = await list();
    const value = page.getByRole('columnheader', { name: 'Value' });
    await value.getByRole('button').click();
    await expect.element(value).toHaveAttribute('aria-sort', 'ascending');
    await value.getByRole('button').click();
    await expect.element(value).toHaveAttribute('aria-sort', 'descending');
    await expect
      .poll(() => asked.some(({ args }) => args['sort'] === 'value' && args['descending'] === true))
      .toBe(true);
  });

  it('peeks with Space while the arrows walk on, and opens with Enter', async () => {
    await list();
    (row(0) as HTMLElement).focus();
    await userEvent.keyboard(' ');
    const peek = page.getByRole('complementary', { name: 'At a glance' });
    await expect.element(peek.getByRole('heading', { name: 'Rollout 0' })).toBeVisible();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(peek.getByRole('heading', { name: 'Rollout 1' })).toBeVisible();
    await userEvent.keyboard('{Enter}');
    expect(router.route).toEqual({ name: 'engagement', id: 'kick-off-1' });
  });

  it('reads as a sentence of filters that keys add and remove', async () => {
    const asked = await list();
    await userEvent.keyboard('f');
    await page.getByRole('menuitem', { name: 'with a low mood' }).click();
    await expect.poll(() => asked.some(({ args }) => args['low_mood'] === true)).toBe(true);
    await userEvent.keyboard('f');
    await page.getByRole('menuitem', { name: 'that run' }).click();
    const filters = page.getByRole('group', { name: 'Filters' });
    await expect.element(filters).toHaveTextContent(/Only engagements with a low mood\s*that run/);
    expect(await faults()).toEqual([]);
    await filters.getByRole('button', { name: /Remove the filter .*low mood/ }).click();
    await expect.poll(() => document.activeElement?.ariaLabel).toMatch(/that run/);
    expect(chosen.ids).toEqual(['active']);
  });

  it('says when nothing matches and leads back', async () => {
    await list();
    await page.getByRole('searchbox').fill('nothing');
    await expect.element(page.getByText('Nothing matches this filter.')).toBeVisible();
    await page.getByRole('button', { name: 'Clear filter' }).first().click();
    await expect.poll(() => row(0)?.textContent).toContain('Rollout 0');
  });

  it('has nothing that axe finds wrong, in light, dark and from right to left', async () => {
    await list();
    (row(0) as HTMLElement).focus();
    await userEvent.keyboard(' ');
    await expect.element(page.getByRole('complementary')).toBeVisible();
    expect(await faults()).toEqual([]);
  });
});
