import { act } from '$lib/acts';
import type { Args, PromiseState, PromiseVerdict, PromiseView } from '$lib/api';
import { t, tKey } from '$lib/i18n';
import type { EngagementScreen } from './engagement.svelte';

export type NewPromise = Omit<Args<'log_promise'>, 'engagement_id'>;

/** What can be done with promises; each act replaces the engagement on the screen. */
export class PromiseActs {
  readonly screen: EngagementScreen;

  constructor(screen: EngagementScreen) {
    this.screen = screen;
  }

  async log(promise: NewPromise): Promise<boolean> {
    const args = { engagement_id: this.screen.id, ...promise };
    return this.screen.take(await act('log_promise', args, { done: t('promise-logged-toast') }));
  }

  async judge(promise: PromiseView, verdict: PromiseVerdict): Promise<boolean> {
    const done = t('promise-judged-toast', { verdict: tKey('verdict', verdict) });
    return this.screen.take(
      await act('judge_promise', { promise_id: promise.id, verdict }, { done }),
    );
  }

  async settle(promise: PromiseView, state: PromiseState, wording?: string): Promise<boolean> {
    const done = t('promise-settled-toast', { state: tKey('promise-state', state) });
    const args = { promise_id: promise.id, state, ...(wording === undefined ? {} : { wording }) };
    return this.screen.take(await act('settle_promise', args, { done }));
  }

  async remove(promise: PromiseView): Promise<boolean> {
    const done = t('promise-deleted-toast');
    return this.screen.take(await act('delete_promise', { promise_id: promise.id }, { done }));
  }
}
