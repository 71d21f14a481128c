import { router } from '$app/router';
import { act } from '$lib/acts';
import type { AccountState } from '$lib/api';
import { t } from '$lib/i18n';
import type { Tone } from '$lib/kit';

export const states: AccountState[] = ['new', 'active', 'dormant', 'churned'];

export const tones: Record<AccountState, Tone> = {
  new: 'accent',
  active: 'ok',
  dormant: 'neutral',
  churned: 'bad',
};

/** What is known of a client, as its form holds it. */
export interface AccountForm {
  name: string;
  sector: string;
  country: string;
  parent_name: string;
}

/** Which clients are shown. */
export class AccountList {
  search = $state('');
  state = $state('');
  adding = $state(false);
  readonly filtered = $derived(this.search.trim() !== '' || this.state !== '');
  readonly asked = $derived({
    ...(this.search.trim() === '' ? {} : { search: this.search.trim() }),
    ...(this.state === '' ? {} : { state: states.find((one) => one === this.state) }),
  });

  readonly clear = (): void => {
    this.search = this.state = '';
  };

  readonly add = async ({ name, sector, country, parent_name }: AccountForm): Promise<boolean> => {
    const args = { name, ...(sector ? { sector } : {}), ...(country ? { country } : {}) };
    const id = await act('create_account', args, { done: t('accounts-added', { name }) });
    if (id === undefined) return false;
    if (parent_name) await act('update_account', { account_id: id, parent_name });
    router.go({ name: 'account', id });
    return true;
  };
}
