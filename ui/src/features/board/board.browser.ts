import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import { ApiError, type OpenItem } from '$lib/api';
import { i18n } from '$lib/i18n';
import { dismiss, toasts } from '$lib/kit';
import { filter } from '$lib/widgets/filter.svelte';
import { faults } from '$test/axe';
import { boardCore, card, type Asked } from '$test/core';
import Stage from '$test/Stage.svelte';
import BoardPage from './BoardPage.svelte';

const item = (id: string, input: OpenItem['input'], choices: string[] = []): OpenItem => ({
  id,
  label: id,
  holder: 'Anna Example',
  holder_id: 'p1',
  holder_role: 'sales',
  missing_points: [],
  input,
  choices,
});

const shown = (): Element[] => [...document.querySelectorAll('.board-card')];
const focused = (): string => document.activeElement?.querySelector('.name')?.textContent ?? '';
const column = (name: string) => page.getByRole('region', { name: new RegExp(`^${name}`) });
const did = (asked: Asked[], name: string): Asked[] => asked.filter((one) => one.name === name);

async function board(sizes: number[], more = {}): Promise<Asked[]> {
  const asked = boardCore(sizes, more);
  await render(Stage, { view: BoardPage });
  await expect.poll(() => shown().length).toBeGreaterThan(0);
  return asked;
}

async function focusFirst(): Promise<void> {
  const first = 'a[href$="post-sales-0"]';
  await expect.poll(() => document.querySelector(first)).not.toBeNull();
  document.querySelector<HTMLElement>(first)?.focus();
}

beforeEach(() => {
  filter.clear();
  toasts.list.forEach(({ id }) => dismiss(id));
});
afterEach(() => cleanup());

describe('the board', () => {
  it('names its columns, counts its cards and mounts few of them', async () => {
    await board([20_000, 3, 0, 1, 0]);
    await expect.element(column('Post-sales')).toBeVisible();
    await expect.element(column('Execution').getByText('Empty')).toBeVisible();
    expect(document.querySelector('[aria-setsize="20000"][aria-posinset="1"]')).not.toBeNull();
    expect(shown().length).toBeLessThan(60);
  });

  it('has one card for Tab, and arrows for the rest', async () => {
    await board([100, 3, 0, 1, 0]);
    expect(document.querySelectorAll('.board-card[tabindex="0"]')).toHaveLength(1);
    await focusFirst();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await expect.poll(focused).toContain('Rollout 2');
    await userEvent.keyboard('{ArrowRight}');
    await expect
      .poll(() => document.activeElement?.closest('section')?.dataset['kind'])
      .toBe('kick-off');
    await userEvent.keyboard('{ArrowRight}');
    await expect
      .poll(() => document.activeElement?.closest('section')?.dataset['kind'])
      .toBe('closure');
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{End}');
    await expect.poll(focused).toContain('Rollout 99');
    await userEvent.keyboard('{Home}');
    await expect.poll(focused).toContain('Rollout 0');
  });

  it('keeps the focus while its card is scrolled away', async () => {
    await board([2000, 0, 0, 0, 0]);
    await focusFirst();
    const scroller = document.activeElement?.closest('.scroller');
    scroller?.scrollTo({ top: 90_000 });
    await expect.poll(() => document.querySelector('[aria-posinset="1001"]')).not.toBeNull();
    expect(focused()).toContain('Rollout 0');
    await userEvent.keyboard('{ArrowDown}');
    await expect.poll(focused).toContain('Rollout 1');
    expect(scroller?.scrollTop).toBeLessThan(200);
  });

  it('moves the card with Shift and an arrow, follows it and offers the way back', async () => {
    const asked = await board([3, 3, 0, 0, 0]);
    await focusFirst();
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    await expect.element(page.getByRole('button', { name: 'Undo' })).toBeVisible();
    expect(did(asked, 'move_stage')[0]?.args).toEqual({
      engagement_id: 'post-sales-0',
      to: 'kick-off',
    });
    await expect.poll(() => document.activeElement?.getAttribute('href')).toContain('post-sales-0');
    expect(document.activeElement?.closest('section')?.dataset['kind']).toBe('kick-off');
    await expect
      .poll(() => document.querySelector('[role="status"]')?.textContent)
      .toContain('Rollout 0 moved to Kick-off');
  });

  it('goes the other way round from right to left', async () => {
    i18n.setLocale('qps-plocm');
    const asked = await board([3, 0, 0, 0, 0]);
    await focusFirst();
    await userEvent.keyboard('{Shift>}{ArrowLeft}{/Shift}');
    await expect.poll(() => did(asked, 'move_stage')).toHaveLength(1);
  });

  it('a closed gate asks for what is missing, saves it and moves', async () => {
    let open = false;
    const items = [item('scope_meeting_held', 'date'), item('prepared_to_start', 'tick')];
    const asked = await board([3, 0, 0, 0, 0], {
      tick_item: () => ({}),
      move_stage: ({ to }: Record<string, unknown>) => {
        if (open)
          return { id: 'post-sales-0', stage: to, stages: [{ id: to, kind: 'post-sales' }] };
        open = true;
        throw new ApiError('gate_closed', {
          stage: 'post-sales',
          to,
          open_items: items,
          blocks: [],
        });
      },
    });
    await focusFirst();
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    const dialog = page.getByRole('dialog', { name: /Before .*Rollout 0.* moves to .*Kick-off/ });
    await expect.element(dialog).toBeVisible();
    await dialog.getByLabelText('Scope meeting held on').fill('2026-11-20');
    await dialog.getByRole('checkbox', { name: 'Team prepared to start' }).click();
    await dialog.getByRole('button', { name: 'Save and move' }).click();
    await expect.poll(() => did(asked, 'move_stage')).toHaveLength(2);
    expect(did(asked, 'tick_item').map(({ args }) => [args['item_id'], args['value']])).toEqual([
      ['scope_meeting_held', '2026-11-20'],
      ['prepared_to_start', true],
    ]);
    await expect.element(dialog).not.toBeInTheDocument();
    await expect.poll(focused).toContain('Rollout 0');
  });

  it('Escape leaves the closed gate and gives the focus back to the card', async () => {
    await board([3, 0, 0, 0, 0], {
      move_stage: ({ to }: Record<string, unknown>) => {
        throw new ApiError('gate_closed', {
          to,
          open_items: [item('brief', 'handover')],
          blocks: [],
        });
      },
    });
    await focusFirst();
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    await expect.element(page.getByRole('dialog')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    await expect.poll(focused).toContain('Rollout 0');
  });

  it('M says where the card can go and why not elsewhere', async () => {
    const asked = await board([3, 0, 0, 0, 0]);
    await focusFirst();
    await userEvent.keyboard('m');
    const dialog = page.getByRole('dialog', { name: /Move/ });
    await expect
      .element(dialog.getByRole('button', { name: 'Execution' }))
      .toHaveAccessibleDescription(/Kick-off.* comes first/);
    await dialog.getByRole('button', { name: 'Kick-off' }).click();
    await expect.poll(() => did(asked, 'move_stage')).toHaveLength(1);
  });

  it('does not offer to move what has ended, and says what can be done instead', async () => {
    const ended = card('post-sales', 0, { status: 'churned' });
    const asked = await board([1, 0, 0, 0, 0], {
      board_cards: () => ({ count: 1, from: 0, rows: [ended] }),
    });
    await focusFirst();
    expect(shown()[0]?.textContent).toContain('Churned');
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    await expect.poll(() => toasts.list[0]?.text).toContain('It has ended.');
    await userEvent.keyboard('m');
    const dialog = page.getByRole('dialog', { name: /Move/ });
    await expect.element(dialog.getByText(/It has ended\./)).toBeVisible();
    expect(dialog.getByRole('button', { name: 'Kick-off' }).elements()).toEqual([]);
    expect(await faults()).toEqual([]);
    expect(did(asked, 'move_stage')).toHaveLength(0);
  });

  it('says while dragging which columns refuse, and Escape puts the card back', async () => {
    const asked = await board([3, 0, 0, 0, 0]);
    const from = shown()[0]?.getBoundingClientRect();
    const to = document.querySelector('[data-kind="kick-off"]')?.getBoundingClientRect();
    const at = (type: string, x: number, y: number): unknown =>
      (type === 'pointerdown' ? shown()[0]! : window).dispatchEvent(
        new PointerEvent(type, {
          clientX: x,
          clientY: y,
          bubbles: true,
          isPrimary: true,
          button: 0,
        }),
      );
    const drag = (): void => {
      at('pointerdown', from!.x + 20, from!.y + 20);
      at('pointermove', from!.x + 60, from!.y + 30);
      at('pointermove', to!.x + 40, to!.y + 200);
    };
    drag();
    await expect.poll(() => document.querySelectorAll('.column.refuses')).toHaveLength(3);
    await expect.element(column('Execution').getByText(/Kick-off.* comes first/)).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => document.querySelectorAll('.column.refuses')).toHaveLength(0);
    expect(did(asked, 'move_stage')).toHaveLength(0);
    drag();
    at('pointerup', to!.x + 40, to!.y + 200);
    await expect.poll(() => did(asked, 'move_stage')).toHaveLength(1);
  });

  it('has nothing that axe finds wrong, in light, dark and from right to left', async () => {
    await board([30, 3, 0, 1, 0]);
    expect(await faults()).toEqual([]);
  });
});
