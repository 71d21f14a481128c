import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import { session } from '$app/session';
import type { CalendarView, PersonView, ReminderSettingsView, Role } from '$lib/api';
import { plain } from '$lib/i18n';
import { dismiss, toasts } from '$lib/kit';
import { faults } from '$test/axe';
import { fakeCore, sessionView, type Asked } from '$test/core';
import Stage from '$test/Stage.svelte';
import SettingsPage from './SettingsPage.svelte';

let reminders: ReminderSettingsView;
let calendar: CalendarView;
let me: PersonView;

async function open(roles: Role[] = ['lead']): Promise<Asked[]> {
  me = { ...me, roles };
  const asked = fakeCore({
    session: () => sessionView({ person: me }),
    reminder_settings: () => reminders,
    set_reminders: (args) => (reminders = args as ReminderSettingsView),
    calendar: () => calendar,
    set_calendar: (args) => (calendar = args as CalendarView),
    set_absences: ({ absences }) => (me = { ...me, absences: absences as string[] }).absences,
  });
  await session.reload();
  await render(Stage, { view: SettingsPage });
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect.poll(words).toContain('Quiet from');
  return asked;
}

const words = (): string => plain(document.body.innerText).replace(/\s+/g, ' ');

beforeEach(() => {
  reminders = { on: true, quiet_from: 1080, quiet_to: 480, start_at_login: false };
  calendar = { weekend: [6, 7], holidays: ['2026-12-25'] };
  me = {
    id: 'p1',
    name: 'Anna Example',
    roles: ['lead'],
    engagement_count: 0,
    override_count: 0,
    is_me: true,
    absences: ['2026-12-28/2026-12-31'],
  };
  toasts.list.forEach(({ id }) => dismiss(id));
});
afterEach(() => {
  cleanup();
  session.view = null;
});

describe('the settings', () => {
  it('have nothing that axe finds wrong, in light, dark and from right to left', async () => {
    await open();
    expect(await faults()).toEqual([]);
    cleanup();
    await open(['sales']);
    expect(await faults()).toEqual([]);
  });

  it('keep reminders, quiet hours and the start at login', async () => {
    await open();
    await page.getByRole('checkbox', { name: 'Remind me on this laptop' }).click();
    await expect.poll(() => reminders.on).toBe(false);
    await userEvent.fill(page.getByRole('textbox', { name: 'Quiet from' }), '19.30');
    await userEvent.tab();
    await expect.poll(() => reminders.quiet_from).toBe(1170);
    await page.getByRole('checkbox', { name: /when I log in/ }).click();
    await expect.poll(() => reminders.start_at_login).toBe(true);
    expect(reminders.quiet_to).toBe(480);
  });

  it('say so when a time cannot be read, and keep the old one', async () => {
    const asked = await open();
    await userEvent.fill(page.getByRole('textbox', { name: 'Quiet until' }), 'late');
    await userEvent.tab();
    await expect.poll(words).toContain('This is not a time yet.');
    expect(asked.some(({ name }) => name === 'set_reminders')).toBe(false);
    expect(await faults()).toEqual([]);
  });

  it('take absences of my own, and take them back', async () => {
    await open(['sales']);
    await expect.poll(words).toContain('Dec 28, 2026 to Dec 31, 2026');
    await userEvent.fill(page.getByRole('textbox', { name: 'First day' }), '2027-02-01');
    await userEvent.fill(page.getByRole('textbox', { name: 'Last day' }), '2027-01-01');
    await userEvent.keyboard('{Enter}');
    await expect.poll(words).toContain('The last day comes before the first one.');
    await userEvent.fill(page.getByRole('textbox', { name: 'Last day' }), '2027-02-05');
    await userEvent.keyboard('{Enter}');
    await expect
      .poll(() => me.absences)
      .toEqual(['2026-12-28/2026-12-31', '2027-02-01/2027-02-05']);
    await page.getByRole('button', { name: /Remove .*Dec 28/ }).click();
    await expect.poll(() => me.absences).toEqual(['2027-02-01/2027-02-05']);
    await expect.element(page.getByRole('button', { name: /Remove .*Feb 1/ })).toHaveFocus();
  });

  it('say in words, and not with a number, that I am never away', async () => {
    me = { ...me, absences: [] };
    await open();
    const away = page.getByRole('heading', { name: /When I am away/ });
    expect(plain(away.element().textContent ?? '').trim()).toBe('When I am away');
    await expect.element(page.getByText(/^No absence is noted/)).toBeVisible();
  });

  it('let a lead set weekend and holidays', async () => {
    await open();
    await page.getByRole('checkbox', { name: 'Friday' }).click();
    await expect.poll(() => calendar.weekend).toEqual([5, 6, 7]);
    await userEvent.fill(page.getByRole('textbox', { name: 'Day', exact: true }), '2027-01-01');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => calendar.holidays).toEqual(['2026-12-25', '2027-01-01']);
    await expect.poll(words).toContain('Friday, January 1, 2027');
  });

  it('show them to the others, and say who changes them', async () => {
    await open(['sales']);
    expect(words()).toContain('Only somebody with the role Lead changes them.');
    await expect.element(page.getByRole('checkbox', { name: 'Saturday' })).toBeDisabled();
  });
});
