import { act } from '$lib/acts';
import { ApiError, call, onChanged } from '$lib/api';
import type { PersonView, Role } from '$lib/api';
import { t } from '$lib/i18n';

export const ROLES: readonly Role[] = [
  'sales',
  'project_manager',
  'account_manager',
  'support',
  'back_office',
  'lead',
];

/** The colleagues, and the form for one of them. */
export class PeopleScreen {
  people = $state.raw<PersonView[] | null>(null);
  failure = $state.raw<ApiError | null>(null);
  /** The colleague in the form; `new` while one is being added. */
  editing = $state.raw<PersonView | 'new' | null>(null);

  start(): () => void {
    void this.load();
    return onChanged(() => void this.load());
  }

  async load(): Promise<void> {
    try {
      this.people = await call('people', {});
      this.failure = null;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.failure = error;
    }
  }

  async save(name: string, roles: Role[]): Promise<boolean> {
    const { editing } = this;
    if (editing === null) return false;
    const saved =
      editing === 'new'
        ? await act('create_person', { name, roles }, { done: t('people-added-toast', { name }) })
        : await act(
            'update_person',
            { person_id: editing.id, name, roles },
            { done: t('people-saved-toast', { name }) },
          );
    if (saved === undefined) return false;
    this.editing = null;
    await this.load();
    return true;
  }

  async workAs(person: PersonView): Promise<void> {
    const done = t('people-working-as', { name: person.name });
    if (await act('choose_person', { person_id: person.id }, { done })) await this.load();
  }
}
