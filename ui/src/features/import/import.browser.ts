import { afterEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import { ApiError, type ImportReport } from '$lib/api';
import { faults } from '$test/axe';
import { fakeCore } from '$test/core';
import ImportPage from './ImportPage.svelte';

const report = (preview: boolean): ImportReport => ({
  created: 3,
  updated: 1,
  unchanged: 0,
  skipped: 5,
  rejected: 1,
  operations: preview ? 0 : 20,
  value_sum_minor: 120_000,
  value_sums: [{ minor: 120_000, currency: 'EUR', digits: 2 }],
  accounts_created: 2,
  people_created: 1,
  notices: [{ code: 'product_looks_like', typed: 'ABCPro', known: 'ABC Pro', rows: 2 }],
  rejections: [{ line: 7, code: 'amount_unreadable', column: 'value', value: '12k' }],
  preview,
  source: 'deals',
  columns_from: 'names',
});

async function choose(): Promise<void> {
  const input = page.getByLabelText('File').element() as HTMLInputElement;
  const files = new DataTransfer();
  files.items.add(new File(['a,b\n1,2'], 'deals.csv'));
  input.files = files.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await expect.poll(() => input.files?.length).toBe(1);
}

afterEach(() => cleanup());

describe('the import', () => {
  it('shows what it will do before it does it, then says what it did', async () => {
    const asked = fakeCore({ import_deals: ({ preview }) => report(preview === true) });
    await render(ImportPage);
    await choose();
    await expect.element(page.getByText('The amount cannot be read')).toBeVisible();
    await expect.element(page.getByText(/ABCPro.* looks like/)).toBeVisible();
    await page.getByRole('button', { name: /Import .*4.* rows/ }).click();
    await expect.element(page.getByRole('heading', { name: 'Imported' })).toBeVisible();
    expect(
      asked.filter(({ name }) => name === 'import_deals').map(({ args }) => args['preview']),
    ).toEqual([true, false]);
    expect(asked[0]?.args['content_base64']).toBe(btoa('a,b\n1,2'));
  });

  it('asks for the order of dates when the file does not say', async () => {
    const asked = fakeCore({
      import_deals: ({ date_order }) => {
        if (date_order === undefined) throw new ApiError('date_order_ambiguous', {});
        return report(true);
      },
    });
    await render(ImportPage);
    await choose();
    await page.getByRole('radio', { name: /Day first/ }).click();
    await expect.element(page.getByRole('button', { name: /Import .*4.* rows/ })).toBeVisible();
    expect(asked.at(-1)?.args['date_order']).toBe('dmy');
  });

  it('says what is wrong with a file', async () => {
    fakeCore({
      import_deals: () => {
        throw new ApiError('columns_missing', { missing: ['account'], found: ['name', 'value'] });
      },
    });
    await render(ImportPage);
    await choose();
    await expect.element(page.getByRole('alert')).toHaveTextContent(/account.*name and value/);
  });

  it('has nothing that axe finds wrong, in light, dark and from right to left', async () => {
    fakeCore({ import_deals: ({ preview }) => report(preview === true) });
    await render(ImportPage);
    await choose();
    await expect.element(page.getByText('The amount cannot be read')).toBeVisible();
    expect(await faults()).toEqual([]);
  });
});
