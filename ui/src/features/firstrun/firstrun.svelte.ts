import { router } from '$app/router';
import { session } from '$app/session';
import { refuse } from '$lib/acts';
import { call, type Role } from '$lib/api';
import { t } from '$lib/i18n';
import { toast } from '$lib/kit';

export type Beginning = 'import' | 'sample' | 'empty';

/** Who works here and how they begin. Nothing is recorded before the last answer: a sample book needs an empty store. */
export class FirstRun {
  name = $state('');
  roles = $state.raw<Role[]>([]);
  currency = $state('EUR');
  step = $state<'who' | 'start'>('who');
  tried = $state(false);
  busy = $state(false);
  readonly nameMissing = $derived(this.tried && this.name.trim() === '');
  readonly rolesMissing = $derived(this.tried && this.roles.length === 0);

  /** The answers are complete. */
  check(): boolean {
    this.tried = true;
    return !this.nameMissing && !this.rolesMissing;
  }

  begin = (how: Beginning): Promise<void> =>
    this.#run(async () => {
      if (how === 'sample') {
        const { created } = await call('load_sample', {});
        toast(t('firstrun-sample-done', { count: created }), { tone: 'ok' });
      }
      await this.#join();
      if (how !== 'sample') await call('choose_currency', { currency: this.currency });
      router.replace({ name: how === 'import' ? 'import' : 'today' });
    });

  /** Adds this person to a store that already has others. */
  add = (): Promise<void> =>
    this.#run(async () => {
      await this.#join();
      router.replace({ name: 'today' });
    });

  pick = (person_id: string): Promise<void> =>
    this.#run(async () => {
      await call('choose_person', { person_id });
      router.replace({ name: 'today' });
    });

  async #join(): Promise<void> {
    const person_id = await call('create_person', { name: this.name.trim(), roles: this.roles });
    await call('choose_person', { person_id });
  }

  async #run(what: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await what();
    } catch (raw) {
      refuse(raw);
    } finally {
      this.busy = false;
      await session.reload();
    }
  }
}
