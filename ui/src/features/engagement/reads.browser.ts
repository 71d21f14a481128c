import { expect, it } from 'vitest';
import { fakeCore } from '$test/core';
import { EngagementScreen } from './engagement.svelte';
import { engagement, people } from './fixtures/engagement';

it('a colleague who came while an act was answered is there all the same', async () => {
  fakeCore({ engagement: () => engagement, people: () => people });
  const screen = new EngagementScreen(engagement.id);
  const reading = screen.load();
  screen.take({ ...engagement, name: 'As the act left it' });
  await reading;
  expect(screen.people).toEqual(people);
  expect(screen.view?.name).toBe('As the act left it');
});
