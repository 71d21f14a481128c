import { act } from '$lib/acts';
import {
  ApiError,
  call,
  onChanged,
  type AccountView,
  type CardView,
  type ContactFields,
  type ContactKind,
  type ContactView,
  type HandoverContactView,
} from '$lib/api';
import { t } from '$lib/i18n';
import type { AccountForm } from './accounts.svelte';

export const contactKinds: ContactKind[] = [
  'decision_maker',
  'champion',
  'technical',
  'billing',
  'user',
];

/** One client on the screen, with the people there and the engagements. */
export class AccountScreen {
  readonly id: string;
  view = $state.raw<AccountView | null>(null);
  failure = $state.raw<ApiError | null>(null);
  engagements = $state(0);
  turn = $state(0);
  editing = $state(false);
  /** The contact in the form; `new` while one is being added. */
  contact = $state.raw<ContactView | 'new' | null>(null);
  #reads = 0;

  constructor(id: string) {
    this.id = id;
  }

  start = (): (() => void) => {
    void this.load();
    return onChanged(() => void this.load());
  };

  load = async (): Promise<void> => {
    const read = ++this.#reads;
    try {
      const of = { account_id: this.id };
      const [view, first] = await Promise.all([
        call('account', of),
        call('list_engagements', { ...of, from: 0, count: 1 }),
      ]);
      if (read !== this.#reads) return;
      this.view = view;
      this.engagements = first.count;
      this.turn += 1;
      this.failure = null;
    } catch (raw) {
      if (read === this.#reads && this.view === null) this.failure = ApiError.from(raw);
    }
  };

  loadEngagements = async (from: number, count: number): Promise<CardView[]> =>
    (await call('list_engagements', { account_id: this.id, from, count })).rows;

  update = async (form: AccountForm): Promise<boolean> => {
    const done = t('account-saved', { name: form.name });
    const view = await act('update_account', { account_id: this.id, ...form }, { done });
    if (view === undefined) return false;
    this.view = view;
    return true;
  };

  saveContact = async (contact: ContactFields): Promise<boolean> => {
    const { contact: editing, id } = this;
    const name = contact.name ?? '';
    const saved =
      editing === 'new' || editing === null
        ? await act(
            'create_contact',
            { account_id: id, contact },
            { done: t('contact-added', { name }) },
          )
        : await act(
            'update_contact',
            { contact_id: editing.id, contact },
            { done: t('contact-saved', { name }) },
          );
    if (saved === undefined) return false;
    this.contact = null;
    await this.load();
    return true;
  };

  removeContact = async ({ id, name }: ContactView): Promise<void> => {
    const done = t('contact-removed', { name });
    const gone = await act('delete_contact', { contact_id: id }, { done, onundone: this.load });
    if (gone !== undefined) await this.load();
  };

  /** A person of a handover becomes a contact. */
  takeUp = async (from: HandoverContactView): Promise<void> => {
    const contact: ContactFields = { name: from.name };
    if (from.point_id === 'decision_maker') contact.kind = 'decision_maker';
    for (const field of ['position', 'email', 'phone', 'language'] as const) {
      const value = from[field];
      if (value) contact[field] = value;
    }
    const done = t('contact-added', { name: from.name });
    await act('create_contact', { account_id: this.id, contact }, { done });
    await this.load();
  };
}
