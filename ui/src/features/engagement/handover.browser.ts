import { beforeEach, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { session } from '$app/session';
import type { EngagementView, PointValue } from '$lib/api';
import { plain } from '$lib/i18n';
import { fakeCore, type Asked } from '$test/core';
import EngagementPage from './EngagementPage.svelte';
import { engagement, OLA, people } from './fixtures/engagement';

let view: EngagementView;
let hold: Promise<void> | undefined;

/** A core that stores points and answers when it is let. */
async function open(): Promise<{ container: HTMLElement; asked: Asked[] }> {
  const asked = fakeCore({
    engagement: () => view,
    people: () => people,
    session: () => ({ person: people[0], workspace: null }),
    submit_handover: () => view,
    fill_handover: async ({ points }) => {
      const given = points as Record<string, PointValue>;
      await hold;
      const filled = view.handover.points.map((point) =>
        point.id in given
          ? { ...point, value: given[point.id] ?? null, filled: true, missing_parts: [] }
          : point,
      );
      view = { ...view, handover: { ...view.handover, points: filled } };
      return view;
    },
  });
  await session.reload();
  const { container } = await render(EngagementPage, { id: view.id, tab: 'handover' });
  await expect.poll(() => container.querySelector('#part-concerns-text')).not.toBeNull();
  return { container, asked };
}

function type(container: HTMLElement, id: string, text: string): void {
  const field = container.querySelector<HTMLInputElement | HTMLTextAreaElement>(`#${id}`)!;
  field.focus();
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

const valueOf = (container: HTMLElement, id: string): string | undefined =>
  container.querySelector<HTMLInputElement | HTMLTextAreaElement>(`#${id}`)?.value;

const names = (asked: Asked[]): string[] =>
  asked.map(({ name }) => name).filter((name) => /_handover$/.test(name));

function submit(container: HTMLElement): void {
  const all = [...container.querySelectorAll('button')];
  all.find((one) => plain(one.textContent ?? '').trim() === 'Submit')!.click();
}

beforeEach(() => {
  hold = undefined;
  const points = engagement.handover.points.map((point) =>
    point.id === 'concerns' ? point : { ...point, filled: true, missing_parts: [] },
  );
  view = { ...engagement, handover: { ...engagement.handover, points } };
});

test('what is typed while an answer is on its way stays', async () => {
  const { container } = await open();
  let release = (): void => undefined;
  hold = new Promise((resolve) => (release = resolve));
  type(container, 'part-decision_maker-name', 'Ada');
  (document.activeElement as HTMLElement).blur();
  type(container, 'part-decision_maker-role', 'Chief of everything');
  release();
  await expect.poll(() => view.handover.points[0]?.value).toMatchObject({ name: 'Ada' });
  expect(valueOf(container, 'part-decision_maker-name')).toBe('Ada');
  expect(valueOf(container, 'part-decision_maker-role')).toBe('Chief of everything');
  (document.activeElement as HTMLElement).blur();
  await expect.poll(() => container.textContent).toContain('Saved');
  expect(view.handover.points[0]?.value).toMatchObject({
    name: 'Ada',
    role: 'Chief of everything',
  });
});

test('a colleague’s change to another part shows beside what is being typed', async () => {
  const { container } = await open();
  type(container, 'part-decision_maker-name', 'Ada');
  (document.activeElement as HTMLElement).blur();
  await expect
    .poll(() => view.handover.points[0]?.value)
    .toMatchObject({ name: 'Ada', role: 'Head of Operations', email: 'liisa@aurora.example' });
});

test('submitting waits for the last field', async () => {
  const { container, asked } = await open();
  let release = (): void => undefined;
  hold = new Promise((resolve) => (release = resolve));
  type(container, 'part-concerns-text', 'None heard.');
  (document.activeElement as HTMLElement).blur();
  submit(container);
  expect(names(asked)).toEqual(['fill_handover']);
  release();
  await expect.poll(() => names(asked)).toEqual(['fill_handover', 'submit_handover']);
  expect(asked.find(({ name }) => name === 'submit_handover')?.args['receiver_id']).toBe(OLA);
});

test('an end before its start is said when the field is left', async () => {
  const { container } = await open();
  type(container, 'part-schedule-end_on', '2026-11-01');
  expect(container.textContent).not.toContain('The end is before the start.');
  (document.activeElement as HTMLElement).blur();
  await expect.poll(() => container.textContent).toContain('The end is before the start.');
});

test('says who must not verify as the core knows it', async () => {
  view = {
    ...view,
    handover: {
      ...view.handover,
      filled_count: view.handover.mandatory_count,
      writers: ['Anna Kowalska', 'Ben Roy'],
      can: { ...view.handover.can, verify: true },
    },
  };
  const { container } = await open();
  await expect
    .poll(() => plain(container.textContent ?? ''))
    .toContain('Anyone but Anna Kowalska and Ben Roy can verify it.');
});
