import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import { ApiError, type ImportColumnsView, type ImportReport, type Progress } from '$lib/api';
import { faults } from '$test/axe';
import { fakeCore, type Asked } from '$test/core';
import Stage from '$test/Stage.svelte';
import ImportPage from './ImportPage.svelte';

const report = (preview: boolean): ImportReport => ({
  created: 2000,
  updated: 0,
  unchanged: 0,
  skipped: 0,
  rejected: 0,
  operations: 0,
  value_sum_minor: null,
  value_sums: [],
  accounts_created: 0,
  people_created: 0,
  notices: [],
  rejections: [],
  preview,
  source: 'deals',
  columns_from: 'names',
});

const columns: ImportColumnsView = {
  headers: ['client', 'buyer'],
  rows: [['1', '2']],
  row_count: 2000,
  mapping: { account: 'client' },
  source: 'deals',
  export: null,
  columns_from: 'names',
  missing: [],
  notices: [],
};

const rowsOf = (account: string, create: number): unknown => ({
  count: create,
  from: 0,
  rows: [
    {
      line: 2,
      outcome: 'create',
      code: null,
      column: null,
      cell: null,
      account,
      name: null,
      value: null,
      stage: null,
      changes: [],
    },
  ],
  counts: { create, update: 0, unchanged: 0, skip: 0, error: 0 },
});

/** The core while it imports: it tells how far it is, and ends when the test says so. */
const core = {
  tell: (progress: Progress): void => void progress,
  end: (reply: ImportReport | ApiError): void => void reply,
  stopped: [] as string[],
};

async function open(rows: (args: Record<string, unknown>) => unknown): Promise<Asked[]> {
  core.stopped = [];
  const asked = fakeCore(
    {
      import_columns: () => columns,
      import_rows: rows,
      import_deals: ({ preview }) =>
        preview === true
          ? report(true)
          : new Promise((done, fail) => {
              core.end = (reply) => (reply instanceof ApiError ? fail(reply) : done(reply));
            }),
    },
    {
      progress: (hear) => (core.tell = hear),
      cancel: (job) => {
        core.stopped.push(job);
        core.end(new ApiError('cancelled'));
        return Promise.resolve();
      },
    },
  );
  await render(Stage, { view: ImportPage });
  const input = page.getByLabelText('File').element() as HTMLInputElement;
  const files = new DataTransfer();
  files.items.add(new File(['client,buyer\n1,2'], 'deals.csv'));
  input.files = files.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await expect.element(run).toBeVisible();
  return asked;
}

const run = page.getByRole('button', { name: /Import .*2,000.* rows/ });
const bar = page.getByRole('progressbar', { name: 'How far the import is' });

/** Starts the import with the keyboard; its job. */
async function begin(asked: Asked[]): Promise<string> {
  (run.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(run).toHaveAttribute('aria-busy', 'true');
  return asked.find(({ job }) => job !== undefined)?.job ?? '';
}

afterEach(() => cleanup());

describe('an import that takes a while', () => {
  it('says how far it is, hears only of itself, and ends with what it did', async () => {
    const asked = await open(() => rowsOf('Baltica', 2000));
    const job = await begin(asked);
    core.tell({ job: 'another', done: 7, total: 9 });
    await expect.element(bar).not.toBeInTheDocument();
    core.tell({ job, done: 500, total: 2000 });
    await expect.element(bar).toHaveAttribute('aria-valuetext', expect.stringMatching(/500/));
    core.tell({ job, done: 1500, total: 2000 });
    await expect.element(bar).toHaveProperty('value', 1500);
    await expect.element(page.getByText(/1,500.* of .*2,000/)).toBeVisible();
    expect(await faults()).toEqual([]);
    core.end(report(false));
    await expect.element(page.getByRole('heading', { name: 'Imported' })).toBeVisible();
    await expect.element(bar).not.toBeInTheDocument();
  });

  it('is stopped from the keyboard, says that nothing was saved, and can be begun again', async () => {
    const asked = await open(() => rowsOf('Baltica', 2000));
    const job = await begin(asked);
    core.tell({ job, done: 500, total: 2000 });
    await expect.element(bar).toBeVisible();
    await userEvent.keyboard('{Tab}');
    await expect.element(page.getByRole('button', { name: 'Stop' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('alert')).toHaveTextContent(/Nothing was saved/);
    expect(core.stopped).toEqual([job]);
    await expect.element(bar).not.toBeInTheDocument();
    await expect.element(page.getByRole('heading', { name: 'Imported' })).not.toBeInTheDocument();
    // The way goes on where it stood: what the file would do, and the same button.
    await expect.element(run).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => asked.filter((one) => one.job !== undefined).length).toBe(2);
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
  });
});

it('rows that were asked for before a column was chosen do not overwrite those that were asked since', async () => {
  let late: (() => void)[] = [];
  await open(({ mapping }) => {
    if (mapping !== undefined) return rowsOf('By buyer', 3);
    return new Promise((done) => late.push(() => done(rowsOf('By client', 2000))));
  });
  await expect.poll(() => late.length).toBeGreaterThan(0);
  await userEvent.selectOptions(page.getByRole('combobox', { name: /Client/ }), 'buyer');
  const cell = page.getByRole('gridcell', { name: 'By buyer' });
  await expect.element(cell).toBeVisible();
  const asked = late;
  late = [];
  asked.forEach((answer) => answer());
  // The answers are in when the next frame is drawn.
  await new Promise(requestAnimationFrame);
  await expect
    .element(page.getByRole('group', { name: 'What becomes of the rows' }))
    .toHaveTextContent(/All.*3/);
  await expect.element(cell).toBeVisible();
  await expect.element(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '4');
});
