import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { setTransport, type PersonView } from '$lib/api';
import { plain, theme } from '$lib/i18n';
import PeoplePage from './PeoplePage.svelte';

const people: PersonView[] = [
  {
    id: 'p1',
    name: 'Anna Kowalska',
    roles: ['sales'],
    engagement_count: 4,
    override_count: 0,
    is_me: true,
    absences: [],
  },
  {
    id: 'p2',
    name: 'مریم رضایی',
    roles: ['project_manager', 'lead'],
    engagement_count: 1,
    override_count: 2,
    is_me: false,
    absences: [],
  },
];

let sent: [string, unknown][] = [];

beforeEach(() => {
  sent = [];
  setTransport({
    call(name, args) {
      if (name !== 'people') sent.push([name, args]);
      return Promise.resolve({ reply: name === 'people' ? people : people[0], act_id: null });
    },
    listen: () => undefined,
    save: () => Promise.resolve(null),
  });
});

async function open(): Promise<HTMLElement> {
  const { container } = await render(PeoplePage);
  await expect.poll(() => container.querySelectorAll('tbody tr').length).toBe(2);
  return container;
}

function press(place: ParentNode, name: RegExp): void {
  const all = [...place.querySelectorAll('button')];
  const found = all.find((one) => name.test(plain(one.textContent ?? '').trim()));
  if (!found) throw new Error(`no button ${String(name)}`);
  found.click();
}

const dialog = (): HTMLElement | null => document.querySelector('[role="dialog"]');

test.each(['light', 'dark'] as const)('can be used by everybody: %s', async (face) => {
  theme.set(face);
  const container = await open();
  const { violations } = await axe.run(container, { rules: { region: { enabled: false } } });
  expect(violations.map(({ id }) => id)).toEqual([]);
  theme.set('light');
});

test('a colleague without a name is not sent, and the field has the focus', async () => {
  const container = await open();
  press(container, /^Add a colleague/);
  await expect.poll(dialog).not.toBeNull();
  press(dialog()!, /^Add$/);
  await expect.poll(() => document.activeElement?.id).toBe('person-name');
  expect(sent).toEqual([]);
});

test('roles are stored together with the name', async () => {
  const container = await open();
  press(container, /Edit Anna/);
  await expect.poll(dialog).not.toBeNull();
  const boxes = [...dialog()!.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')];
  boxes[5]!.click();
  press(dialog()!, /^Save$/);
  await expect
    .poll(() => sent[0])
    .toEqual([
      'update_person',
      { person_id: 'p1', name: 'Anna Kowalska', roles: ['sales', 'lead'] },
    ]);
});

test('anybody can be chosen to work as', async () => {
  const container = await open();
  press(container, /^This is me/);
  await expect.poll(() => sent[0]).toEqual(['choose_person', { person_id: 'p2' }]);
});
