import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import { ApiError, type ImportColumnsView, type ImportReport } from '$lib/api';
import { plain } from '$lib/i18n';
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

const columns: ImportColumnsView = {
  headers: ['a', 'b'],
  rows: [['1', '2']],
  row_count: 9,
  mapping: { account: 'a', value: 'b', signed_on: null },
  source: 'deals',
  export: null,
  columns_from: 'names',
  missing: [],
  notices: [],
};

const rows = {
  count: 1,
  from: 0,
  rows: [
    {
      line: 7,
      outcome: 'error',
      code: 'amount_unreadable',
      column: 'value',
      cell: '12k',
      account: 'Baltica',
      name: null,
      value: null,
      stage: null,
      changes: [],
    },
  ],
  counts: { create: 3, update: 1, unchanged: 0, skip: 5, error: 1 },
};

const looks = { import_columns: () => columns, import_rows: () => rows };

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
    const asked = fakeCore({ ...looks, import_deals: ({ preview }) => report(preview === true) });
    await render(ImportPage);
    await choose();
    await expect.element(page.getByText(/The amount cannot be read/).first()).toBeVisible();
    await expect.element(page.getByText(/ABCPro.* looks like/).first()).toBeVisible();
    await page.getByRole('button', { name: /Import .*4.* rows/ }).click();
    await expect.element(page.getByRole('heading', { name: 'Imported' })).toBeVisible();
    expect(
      asked.filter(({ name }) => name === 'import_deals').map(({ args }) => args['preview']),
    ).toEqual([true, false]);
    expect(asked.find(({ name }) => name === 'import_deals')?.args['content_base64']).toBe(
      btoa('a,b\n1,2'),
    );
  });

  it('takes columns and names as they are chosen, and gives rejected rows back', async () => {
    const asked = fakeCore({
      ...looks,
      import_deals: ({ preview }) => report(preview === true),
      rejected_rows: () => ({ file_name: 'rejected.csv', csv: 'x', rows: 1 }),
    });
    await render(ImportPage);
    await choose();
    await userEvent.selectOptions(page.getByRole('combobox', { name: /Signed on/ }), 'b');
    await expect
      .poll(() => asked.filter(({ name }) => name === 'import_deals').at(-1)?.args['mapping'])
      .toEqual({ account: 'a', value: 'b', signed_on: 'b', source: 'deals' });
    await userEvent.selectOptions(page.getByRole('combobox', { name: /Signed on/ }), '');
    await expect
      .poll(() => asked.filter(({ name }) => name === 'import_deals').at(-1)?.args['mapping'])
      .toEqual({ account: 'a', value: 'b', signed_on: null, source: 'deals' });
    await page.getByRole('button', { name: /It is .*ABC Pro/ }).click();
    await expect
      .poll(() => asked.filter(({ name }) => name === 'import_deals').at(-1)?.args['aliases'])
      .toEqual({ ABCPro: 'ABC Pro' });
    await page.getByRole('button', { name: 'Save the rejected rows' }).click();
    await expect.poll(() => asked.some(({ name }) => name === 'rejected_rows')).toBe(true);
  });

  it('says what it leaves out, and that some of it came out of this book', async () => {
    fakeCore({
      ...looks,
      import_deals: ({ preview }) => ({
        ...report(preview === true),
        notices: [{ code: 'already_in_book', rows: 2 }],
      }),
    });
    await render(ImportPage);
    await choose();
    const words = (): string => plain(document.body.innerText);
    const why =
      'Left out: 3 deals that are open or lost and 2 rows about engagements that are in this book already.';
    await expect.poll(words).toContain(why);
    await page.getByRole('button', { name: /Import .*4.* rows/ }).click();
    await expect.element(page.getByRole('heading', { name: 'Imported' })).toBeVisible();
    expect(words()).toContain(why);
  });

  it('asks for the order of dates when the file does not say', async () => {
    const asked = fakeCore({
      ...looks,
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
      ...looks,
      import_deals: () => {
        throw new ApiError('columns_missing', { missing: ['account'], found: ['name', 'value'] });
      },
    });
    await render(ImportPage);
    await choose();
    await expect.element(page.getByRole('alert')).toHaveTextContent(/account.*name and value/);
  });

  it('has nothing that axe finds wrong, in light, dark and from right to left', async () => {
    fakeCore({ ...looks, import_deals: ({ preview }) => report(preview === true) });
    await render(ImportPage);
    await choose();
    await expect.element(page.getByText(/The amount cannot be read/).first()).toBeVisible();
    expect(await faults()).toEqual([]);
  });
});
