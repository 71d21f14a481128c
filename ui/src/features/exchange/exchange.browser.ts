import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { setTransport, type BackupsView, type BundlePreview } from '$lib/api';
import { plain } from '$lib/i18n';
import ExchangePage from './ExchangePage.svelte';

const preview: BundlePreview = {
  operations: 120,
  new_operations: 14,
  acts: [
    { command: 'fill_handover', person: 'Ola Nowak', at: Date.UTC(2026, 10, 20), operations: 3 },
  ],
  conflict_count: 1,
  devices: 2,
  exported_at: Date.UTC(2026, 10, 20),
  preview: true,
};

const backups: BackupsView = {
  folder: '/data/backups',
  backups: [
    { file_name: 'baton-2026-11-20.db', path: '/data/b', on: '2026-11-20', bytes: 4_200_000 },
  ],
  failure: null,
};

const file = { file_name: 'clients.xlsx', content_base64: 'eA==', rows: 7 };

let sent: [string, Record<string, unknown>][] = [];
let refusal: unknown = null;

beforeEach(() => {
  sent = [];
  refusal = null;
  setTransport({
    call(name, args) {
      if (name === 'backups') return Promise.resolve({ reply: backups, act_id: null });
      sent.push([name, args as Record<string, unknown>]);
      if (refusal !== null) return Promise.reject(refusal);
      return Promise.resolve({ reply: name === 'export_file' ? file : preview, act_id: null });
    },
    listen: () => undefined,
    save: () => Promise.resolve(null),
  });
});

async function choose(): Promise<HTMLElement> {
  const { container } = await render(ExchangePage);
  const input = container.querySelector<HTMLInputElement>('input[type="file"]')!;
  const files = new DataTransfer();
  files.items.add(new File(['bundle'], 'friday.baton'));
  input.files = files.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  return container;
}

const words = (container: HTMLElement): string => plain(container.textContent ?? '');

test('a bundle is shown before anything is written', async () => {
  const container = await choose();
  await expect.poll(() => words(container)).toContain('14 new changes');
  expect(words(container)).toContain('1 field was changed on both sides');
  expect(sent.map(([name, args]) => [name, args['preview']])).toEqual([['import_bundle', true]]);
  const { violations } = await axe.run(container, { rules: { region: { enabled: false } } });
  expect(violations.map(({ id }) => id)).toEqual([]);
  [...container.querySelectorAll('button')]
    .find((one) => /Take them in/.test(one.textContent ?? ''))!
    .click();
  await expect.poll(() => sent.at(-1)?.[1]['preview']).toBe(false);
});

test.each([
  'torn',
  'altered',
  'not_ours',
  'newer_version',
  'too_large',
  'malformed',
  'fork',
  'not_a_bundle',
])('a refusal is a sentence: %s', async (code) => {
  refusal = { code };
  const container = await choose();
  await expect.poll(() => words(container)).toContain('This file was not taken in');
  expect(words(container)).toContain('Nothing was written.');
  expect(container.querySelector('.notice p:nth-of-type(2)')?.textContent).not.toContain(code);
});

test('a table is made for other programs, and backups are listed', async () => {
  const { container } = await render(ExchangePage);
  await expect.poll(() => words(container)).toContain('baton-2026-11-20.db');
  container
    .querySelector<HTMLButtonElement>('button[aria-label*="Clients"][aria-label*="XLSX"]')!
    .click();
  await expect
    .poll(() => sent)
    .toEqual([['export_file', { kind: 'accounts', format: 'xlsx', bom: false }]]);
});
