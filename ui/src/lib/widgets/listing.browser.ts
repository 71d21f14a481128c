import { afterEach, beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import { ApiError, invalidate } from '$lib/api';
import { fakeCore } from '$test/core';
import ListingStage from '$test/ListingStage.svelte';

/** What the core holds, and how it answers. */
let held: string[];
let broken: boolean;

const row = (name: string): Record<string, unknown> => ({ id: name, name });

beforeEach(async () => {
  held = ['Baltica', 'Aurora'];
  broken = false;
  fakeCore({
    list_accounts: ({ from, count, search }) => {
      if (broken) throw new ApiError('store_busy');
      const rows = held.filter((name) => search === undefined || name.includes(String(search)));
      const [first, size] = [Number(from), Number(count)];
      return { count: rows.length, from: first, rows: rows.slice(first, first + size).map(row) };
    },
  });
  await render(ListingStage);
  await expect.element(heading).toHaveTextContent('Places 2 in all');
});
afterEach(() => cleanup());

const heading = page.getByRole('heading', { level: 1 });
const field = page.getByRole('textbox', { name: 'Search' });

it('a list follows what is asked and what changes, and says how many there are', async () => {
  await userEvent.fill(field, 'Bal');
  await expect.element(heading).toHaveTextContent('Places 1 in all');
  await expect.element(page.getByRole('gridcell', { name: 'Aurora' })).not.toBeInTheDocument();
  held = ['Baltica', 'Aurora', 'Baltica North'];
  invalidate();
  await expect.element(heading).toHaveTextContent('Places 2 in all');
  await expect.element(page.getByRole('gridcell', { name: 'Baltica North' })).toBeVisible();
});

it('nothing found and nothing there are said by the page, with what to do', async () => {
  await userEvent.fill(field, 'Nobody');
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect.element(heading).toHaveTextContent('Places 2 in all');
});

it('the search leads to the first row, and Enter opens it', async () => {
  await userEvent.click(field);
  await userEvent.keyboard('{ArrowDown}');
  await expect.poll(() => document.activeElement?.textContent).toContain('Baltica');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('Opened Baltica')).toBeVisible();
});

it('a list that cannot be read says why, and is read again on demand', async () => {
  broken = true;
  invalidate();
  await expect.element(page.getByText(/Another program is writing/)).toBeVisible();
  broken = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByRole('gridcell', { name: 'Aurora' })).toBeVisible();
});
