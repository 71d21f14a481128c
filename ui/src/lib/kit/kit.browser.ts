import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import { nextArea } from '$app/focus';
import { i18n } from '$lib/i18n';
import { faults } from '$test/axe';
import Parts from '$test/Parts.svelte';
import { dismiss, toast, toasts } from './toasts.svelte';

const picked = vi.fn<(what: string) => void>();
const field = (name: string) => page.getByRole('textbox', { name });

beforeEach(async () => {
  picked.mockClear();
  toasts.list.forEach(({ id }) => dismiss(id));
  await render(Parts, { onpick: picked });
});
afterEach(() => cleanup());

describe('parts', () => {
  it('have nothing that axe finds wrong, in light, dark and from right to left', async () => {
    expect(await faults()).toEqual([]);
  });

  it('say what is wrong with a field, and the summary leads to it', async () => {
    await expect.element(field('Name')).toHaveAccessibleDescription(/Type a name.*As on the card/);
    await page.getByRole('link', { name: 'Type a name.' }).click();
    await expect.element(field('Name')).toHaveFocus();
  });

  it('a closed button can be reached, says why and does nothing', async () => {
    const closed = page.getByRole('button', { name: 'Closed one' });
    await expect.element(closed).toHaveAccessibleDescription('Fill it first');
    await closed.click({ force: true });
    expect(picked).not.toHaveBeenCalled();
  });

  it('a date is read as typed, shown in words, and complained about only on leaving', async () => {
    const date = field('Held on');
    await date.fill('2026-12-03');
    expect(picked).toHaveBeenLastCalledWith('date 2026-12-03');
    await expect.element(page.getByText(/Thursday/)).toBeVisible();
    await date.fill('someday');
    await expect.element(date).not.toHaveAttribute('aria-invalid');
    await userEvent.keyboard('{Tab}');
    await expect.element(date).toHaveAttribute('aria-invalid', 'true');
    expect(picked).toHaveBeenLastCalledWith('date ');
  });

  it('the combobox filters while typing and takes with Enter', async () => {
    const combo = page.getByRole('combobox', { name: 'Person' });
    await combo.click();
    await combo.fill('cle');
    await expect
      .element(page.getByRole('listbox').getByRole('option', { name: 'Cleo' }).last())
      .toBeVisible();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await expect.poll(() => picked.mock.lastCall).toEqual(['combo cleo']);
    await expect.element(combo).toHaveValue('Cleo');
  });

  it('the dialog takes the focus to its first field and gives it back', async () => {
    const opener = page.getByRole('button', { name: 'Open the dialog' });
    (opener.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(field('Inside')).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    await expect.element(opener).toHaveFocus();
  });

  it('an open dialog has nothing that axe finds wrong', async () => {
    await page.getByRole('button', { name: 'Open the dialog' }).click();
    await expect.element(page.getByRole('dialog', { name: 'A question' })).toBeVisible();
    expect(await faults()).toEqual([]);
  });

  it('the menu is walked with arrows', async () => {
    await page.getByRole('button', { name: 'More' }).click();
    await expect.element(page.getByRole('menuitem', { name: 'Rename' })).toBeVisible();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    await expect.poll(() => picked.mock.lastCall).toEqual(['delete']);
  });

  it('floats from right to left where the language does', async () => {
    i18n.setLocale('qps-plocm');
    await page.getByRole('button', { name: 'More' }).click();
    await expect.element(page.getByRole('menu')).toHaveStyle({ direction: 'rtl' });
  });

  it('tabs are walked with arrows', async () => {
    await page.getByRole('tab', { name: /One/ }).click();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(page.getByRole('tabpanel')).toHaveTextContent('two');
  });
});

describe('toasts', () => {
  it('are spoken, can be reached with F6 and undo once', async () => {
    const undo = vi.fn();
    toast('Moved', { undo });
    await expect.element(page.getByRole('status').first()).toHaveTextContent('Moved');
    nextArea(1);
    nextArea(1);
    await expect.element(page.getByRole('button', { name: 'Undo' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(undo).toHaveBeenCalledOnce();
    await expect.poll(() => toasts.list).toHaveLength(0);
  });

  it('stay while they are focused and go when their time is over', async () => {
    vi.useFakeTimers();
    try {
      toast('Short', { seconds: 2 });
      const entry = toasts.list[0]!;
      vi.advanceTimersByTime(1500);
      entry.hold();
      vi.advanceTimersByTime(60_000);
      expect(toasts.list).toHaveLength(1);
      entry.go();
      vi.advanceTimersByTime(1100);
      expect(toasts.list).toHaveLength(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('come one at a time, the newest', async () => {
    for (const text of ['First', 'Second']) toast(text);
    await expect.element(page.getByRole('group', { name: 'Second' })).toBeVisible();
    expect(toasts.list.map((entry) => entry.text)).toEqual(['Second']);
  });

  it('leave room under the last row of a form', async () => {
    toast('Saved');
    const filled = document.querySelector<HTMLElement>('.page')!;
    filled.style.blockSize = '100vb';
    filled.scrollTo({ top: filled.scrollHeight });
    await expect
      .poll(() => document.querySelector('.toast')?.getBoundingClientRect().top)
      .toBeGreaterThan(filled.lastElementChild!.getBoundingClientRect().bottom);
  });
});
