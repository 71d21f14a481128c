import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import { ApiError, invalidate, type Recovery } from '$lib/api';
import { router } from './router';
import { session } from './session';
import { faults } from '$test/axe';
import { fakeCore, sessionView, type Shell } from '$test/core';
import App from '../App.svelte';

const damaged = {
  code: 'store_damaged',
  path: '/home/iris/.local/share/baton/baton.sqlite',
  reason: 'file is not a database',
};

const recovered: Recovery = {
  how: 'log_and_backup',
  backup: '/home/iris/.local/share/baton/backups/baton-2026-11-20.sqlite',
  acts_saved: 412,
  acts_lost: 0,
  acts_mended: 0,
  changes_kept: 0,
  changes_lost: 0,
  waiting: 0,
  kept_as: '/home/iris/.local/share/baton/baton.damaged-2026-11-22.sqlite',
};

/** What the store says when it is opened; null: it opens. */
let trouble: Record<string, unknown> | null;

async function start(shell: Shell = {}): Promise<void> {
  fakeCore(
    {
      session: () => {
        if (trouble !== null) throw trouble;
        return sessionView();
      },
    },
    shell,
  );
  session.view = session.error = session.damage = null;
  await render(App);
  await expect.element(heading).toHaveFocus();
}

const heading = page.getByRole('heading', { level: 1 });
const button = (name: string): ReturnType<typeof page.getByRole> =>
  page.getByRole('button', { name });
const live = page.getByRole('status');

const mend = (recovery: Partial<Recovery> = {}): Promise<Recovery> => {
  trouble = null;
  return Promise.resolve({ ...recovered, ...recovery });
};

beforeEach(() => {
  trouble = damaged;
  router.replace({ name: 'today' });
});
afterEach(() => cleanup());

describe('a damaged store', () => {
  it('is named, with what a recovery will do and where the damaged file stays', async () => {
    await start({ recover: () => mend() });
    await expect.element(heading).toHaveTextContent('The data of Baton is damaged');
    await expect.element(page.getByText(damaged.path)).toBeVisible();
    await expect.element(page.getByText(/file is not a database/)).toBeVisible();
    const steps = page.getByRole('region', { name: 'What the recovery does' });
    await expect
      .element(steps)
      .toHaveTextContent(/in \W?\/home\/iris\/.local\/share\/baton\W?, under a new name/);
    expect(await faults()).toEqual([]);
  });

  it('is recovered from the keyboard, says what came back, and opens', async () => {
    await start({ recover: () => mend() });
    await userEvent.keyboard('{Tab}');
    await expect.element(button('Recover my data')).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(heading).toHaveTextContent('Your data is back');
    await expect.element(heading).toHaveFocus();
    await expect.element(page.getByText(/412.* acts were read out of/).first()).toBeVisible();
    await expect.element(page.getByText('Nothing is lost.', { exact: true })).toBeVisible();
    await expect
      .element(page.getByText(/kept as .*baton\.damaged-2026-11-22/).first())
      .toBeVisible();
    await expect.element(live).toHaveTextContent(/Your data is back.*Nothing is lost/);
    expect(await faults()).toEqual([]);
    await userEvent.keyboard('{Tab}{Enter}');
    await expect.element(heading).toHaveTextContent('Welcome to Baton');
  });

  it('that lost something says how much, and does not claim that all is back', async () => {
    await start({ recover: () => mend({ acts_lost: 3, waiting: 2 }) });
    await button('Recover my data').click();
    await expect.element(heading).toHaveTextContent('What can be read is back');
    await expect
      .element(page.getByText(/3.* acts are lost. Import a bundle/).first())
      .toBeVisible();
    await expect.element(page.getByText(/waits for what is missing/).first()).toBeVisible();
  });

  it('that brought an act back in part says how much of it to look through', async () => {
    await start({ recover: () => mend({ acts_mended: 1, changes_kept: 40, changes_lost: 2 }) });
    await button('Recover my data').click();
    await expect.element(heading).toHaveTextContent('What can be read is back');
    await expect.element(page.getByText(/were read: .*40.*; that were not/).first()).toBeVisible();
    expect(page.getByText('Nothing is lost.', { exact: true }).query()).toBeNull();
  });

  it('whose recovery takes long says that it goes on, and cannot be asked twice', async () => {
    let asked = 0;
    let end = (): void => undefined;
    const recover = (): Promise<Recovery> => {
      asked += 1;
      return new Promise((done) => (end = () => void mend().then(done)));
    };
    await start({ recover, quit: () => Promise.resolve() });
    await button('Recover my data').click();
    await expect.element(page.getByRole('progressbar', { name: 'Recovering' })).toBeVisible();
    await expect.element(live).toHaveTextContent(/Leave the window open/);
    await expect.element(button('Quit Baton')).not.toBeInTheDocument();
    expect(await faults()).toEqual([]);
    await userEvent.keyboard('{Enter}');
    expect(asked).toBe(1);
    end();
    await expect.element(heading).toHaveTextContent('Your data is back');
  });

  it('that gives nothing back says so, and can be tried again', async () => {
    let full = true;
    const recover = (): Promise<Recovery> =>
      full ? Promise.reject(new ApiError('disk_full')) : mend();
    await start({ recover });
    await button('Recover my data').click();
    await expect.element(page.getByRole('alert')).toHaveTextContent(/The disk is full/);
    expect(await faults()).toEqual([]);
    full = false;
    await button('Recover my data').click();
    await expect.element(heading).toHaveTextContent('Your data is back');
  });

  it('in a browser is sent to the command line', async () => {
    await start();
    await expect.element(page.getByRole('alert')).toHaveTextContent('baton-cli recover');
    await expect.element(button('Recover my data')).not.toBeInTheDocument();
  });
});

describe('a store that is found damaged while it is open', () => {
  let found: boolean;

  /** A workspace in which the first look at clients finds the damage. */
  async function work(shell: Shell): Promise<void> {
    found = true;
    trouble = null;
    fakeCore(
      {
        session: () => sessionView({ workspace: { id: 'w', currency: 'EUR', admin_id: null } }),
        list_accounts: () => {
          if (found) throw damaged;
          return { count: 0, from: 0, rows: [] };
        },
      },
      shell,
    );
    session.view = session.error = session.damage = null;
    router.replace({ name: 'accounts' });
    await render(App);
  }

  const alert = page.getByRole('alert').filter({ hasText: 'The data of Baton is damaged' });

  it('says so over the page that is open, and leads to the recovery and back', async () => {
    await work({
      recover: () => {
        found = false;
        return mend();
      },
    });
    await expect.element(alert).toHaveTextContent(/copy what you typed and could not save/);
    await expect.element(page.getByRole('navigation')).toBeVisible();
    expect(await faults()).toEqual([]);
    await button('Go to the recovery').click();
    await expect.element(heading).toHaveTextContent('The data of Baton is damaged');
    await expect.element(page.getByText(damaged.path)).toBeVisible();
    await button('Recover my data').click();
    await button('Open Baton').click();
    await expect.element(heading).toHaveTextContent('Clients');
    await expect.element(alert).not.toBeInTheDocument();
  });

  it('stays at the recovery while others write', async () => {
    await work({ recover: () => mend() });
    await button('Go to the recovery').click();
    invalidate();
    await expect.element(button('Recover my data')).toBeVisible();
    expect(session.view).toBeNull();
  });

  it('in a browser says where to recover it', async () => {
    await work({});
    await expect.element(alert).toHaveTextContent(/Stop Baton where it runs.*baton-cli recover/);
    await expect.element(button('Go to the recovery')).not.toBeInTheDocument();
  });
});

describe('a store that cannot be opened', () => {
  const path = '/data/baton';
  const reasons: [Record<string, unknown>, RegExp][] = [
    [{ code: 'store_newer', found: 9, known: 3 }, /written by a newer Baton.*Update Baton/],
    [{ code: 'store_in_use', path }, /Another Baton has this data open.*\/data\/baton/],
    [{ code: 'store_busy' }, /Another program is writing/],
    [{ code: 'store_not_a_folder', path }, /\/data\/baton.* is a file|keep its data in .*data/],
    [{ code: 'store_unreadable', path, reason: 'no' }, /\/data\/baton.* cannot be read/],
    [{ code: 'store_read_only' }, /may not write into the folder/],
    [{ code: 'disk_full' }, /The disk is full.*Make room/],
    [{ code: 'disk_failed', reason: 'EIO' }, /EIO.*another disk/],
    [{ code: 'file_unreadable', path, reason: 'denied' }, /\/data\/baton.* cannot be used.*denied/],
    [{ code: 'internal', place: 'x' }, /Something went wrong/],
  ];

  it.each(reasons)('says why, and what to do next: %o', async (error, sentence) => {
    trouble = error;
    await start();
    await expect.element(heading).toHaveTextContent('Baton cannot open its data');
    const said = page
      .getByRole('alert')
      .element()
      .textContent?.replace(/[\u2068\u2069]/g, '');
    expect(said).toMatch(sentence);
    await expect.element(button('Try again')).toBeVisible();
  });

  it('opens when the reason is gone, and can be left where there is a program to leave', async () => {
    trouble = { code: 'store_in_use', path };
    let left = 0;
    await start({ quit: () => Promise.resolve((left += 1)) });
    expect(await faults()).toEqual([]);
    await button('Quit Baton').click();
    expect(left).toBe(1);
    await button('Try again').click();
    await expect.element(live).toHaveTextContent(/Another Baton/);
    trouble = null;
    await button('Try again').click();
    await expect.element(heading).toHaveTextContent('Welcome to Baton');
  });
});
