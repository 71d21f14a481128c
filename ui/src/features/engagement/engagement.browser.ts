import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { session } from '$app/session';
import { setTransport, type EngagementView } from '$lib/api';
import { i18n, plain, theme } from '$lib/i18n';
import EngagementPage from './EngagementPage.svelte';
import { engagement, people } from './fixtures/engagement';
import { entries } from './fixtures/history';
import { returned, submitted, troubled } from './fixtures/variants';
import type { EngagementTab } from './tabs';

interface Sent {
  name: string;
  args: Record<string, unknown>;
}

let sent: Sent[] = [];

/** A core that answers with `view` and remembers what it was asked to do. */
function answerWith(view: EngagementView): void {
  sent = [];
  setTransport({
    call(name, args) {
      const replies: Record<string, unknown> = {
        engagement: view,
        people,
        session: { person: people[0], workspace: null },
        history: { count: entries.length, from: 0, rows: entries },
      };
      if (!(name in replies)) sent.push({ name, args: args as Record<string, unknown> });
      const closed = {
        code: 'gate_closed',
        to: view.next_stage,
        stage: view.stage,
        open_items: view.open_items,
        blocks: [],
      };
      if (name === 'move_stage') return Promise.reject(closed);
      return Promise.resolve({ reply: replies[name] ?? view, act_id: null });
    },
    listen: () => undefined,
    save: () => Promise.resolve(null),
  });
}

async function open(view: EngagementView, tab: EngagementTab): Promise<HTMLElement> {
  answerWith(view);
  await session.reload();
  const { container } = await render(EngagementPage, { id: view.id, tab });
  await expect.poll(() => container.querySelector('h1')?.textContent).toBe(view.name);
  return container;
}

async function violations(container: HTMLElement): Promise<string[]> {
  const found = await axe.run(container, { rules: { region: { enabled: false } } });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

const words = (container: HTMLElement): string => plain(container.textContent ?? '');

function button(container: HTMLElement, name: RegExp): HTMLButtonElement {
  const found = [...container.querySelectorAll('button')].find((one) =>
    name.test(plain(one.textContent ?? '').trim()),
  );
  if (!found) throw new Error(`no button ${String(name)}`);
  return found;
}

beforeEach(() => {
  i18n.locale = 'en';
  i18n.apply();
});

afterEach(() => {
  theme.set('light');
  i18n.locale = 'en';
  i18n.apply();
});

const faces: [string, () => void][] = [
  ['light', () => theme.set('light')],
  ['dark', () => theme.set('dark')],
  ['right to left', () => ((i18n.locale = 'qps-plocm'), i18n.apply())],
];
const sights: [string, EngagementView, EngagementTab][] = [
  ['checklist', engagement, 'pipeline'],
  ['checklist after a broken gate', troubled, 'pipeline'],
  ['handover being written', engagement, 'handover'],
  ['handover to answer', submitted, 'handover'],
  ['handover returned', returned, 'handover'],
  ['promises', engagement, 'promises'],
  ['history', engagement, 'history'],
];

describe.each(faces)('%s', (_face, set) => {
  test.each(sights)('%s can be used by everybody', async (_name, view, tab) => {
    set();
    const container = await open(view, tab);
    expect(await violations(container)).toEqual([]);
  });
});

test('a closed gate says how much is open and still takes the press', async () => {
  const container = await open(engagement, 'pipeline');
  const move = button(container, /^Move to Kick-off/);
  const why = container.querySelector(`#${move.getAttribute('aria-describedby') ?? ''}`);
  expect(plain(why?.textContent ?? '')).toContain('2 items are still open in Post-sales');
  move.click();
  await expect.poll(() => document.querySelector('[role="dialog"]')).not.toBeNull();
});

test('ticking with a choice sends the choice', async () => {
  const container = await open(engagement, 'pipeline');
  const select = container.querySelector<HTMLSelectElement>('#item-input-scope_confirmed')!;
  select.value = 'redefined';
  select.dispatchEvent(new Event('change', { bubbles: true }));
  button(container, /Save: Scope confirmed/).click();
  await expect
    .poll(() => sent[0])
    .toMatchObject({
      name: 'tick_item',
      args: { item_id: 'scope_confirmed', value: 'redefined' },
    });
});

test('leaving a point stores that point alone', async () => {
  const container = await open(engagement, 'handover');
  const field = container.querySelector<HTMLTextAreaElement>('#part-concerns-text')!;
  field.focus();
  field.value = 'The owner is retiring.';
  field.dispatchEvent(new Event('input', { bubbles: true }));
  expect(sent).toEqual([]);
  field.blur();
  await expect
    .poll(() => sent[0])
    .toMatchObject({
      name: 'fill_handover',
      args: { points: { concerns: 'The owner is retiring.' } },
    });
});

test('a return collects the comments of all points', async () => {
  const container = await open(submitted, 'handover');
  button(container, /^Return…/).click();
  await expect.poll(() => container.querySelector('#comment-scope')).not.toBeNull();
  for (const id of ['scope', 'schedule']) {
    const field = container.querySelector<HTMLTextAreaElement>(`#comment-${id}`)!;
    field.value = 'Too vague';
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  await expect.poll(() => words(container)).toContain('Return with 2 comments');
  button(container, /Return with 2/).click();
  await expect
    .poll(() => sent[0])
    .toMatchObject({
      name: 'return_handover',
      args: { comments: { scope: 'Too vague', schedule: 'Too vague' } },
    });
});

test('submitting with gaps leads to the first one, and says what it costs', async () => {
  const container = await open(engagement, 'handover');
  button(container, /^Submit$/).click();
  await expect.poll(() => document.activeElement?.id).toBe('part-daily_contact-name');
  expect(words(container)).toContain('Give an e-mail or a phone number.');
  expect(sent).toEqual([]);
});

test('a broken gate is named, with the way out', async () => {
  const container = await open(troubled, 'pipeline');
  expect(words(container)).toContain('The gate of Post-sales no longer holds');
  expect(words(container)).toContain('Undone, still counted');
  button(container, /^Move back to Post-sales/).click();
  await expect
    .poll(() => sent[0])
    .toMatchObject({ name: 'move_stage', args: { to: 'post-sales' } });
});

test('history says of which acts a damaged store gave only what still read', async () => {
  const container = await open(engagement, 'history');
  await expect.poll(() => words(container)).toMatch(/Damaged · .*Read from a damaged store/s);
});

test('history keeps what lost, and offers it', async () => {
  const container = await open(engagement, 'history');
  await expect.poll(() => words(container)).toContain('Written at the same time elsewhere');
  button(container, /^Restore/).click();
  await expect
    .poll(() => sent[0])
    .toMatchObject({ name: 'restore', args: { operation_id: 'cd34:2' } });
});
