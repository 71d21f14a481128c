import { session } from '$app/session';
import { act } from '$lib/acts';
import { ApiError, call, onChanged, type CalendarView, type ReminderSettingsView } from '$lib/api';
import { fmt, t } from '$lib/i18n';

/** An absence in words: a day, or the first and the last one. */
export function absenceWords(line: string): string {
  const [from = '', to] = line.split('/');
  return to === undefined
    ? fmt.date(from)
    : t('settings-absence-range', { from: fmt.date(from), to: fmt.date(to) });
}

/** Reminders of this laptop, days of the workspace, and when the person who works here is away. */
export class SettingsScreen {
  reminders = $state.raw<ReminderSettingsView | null>(null);
  calendar = $state.raw<CalendarView | null>(null);
  failure = $state.raw<ApiError | null>(null);
  readonly absences = $derived(session.me?.absences ?? []);
  readonly leads = $derived(session.me?.roles.includes('lead') ?? false);

  start = (): (() => void) => {
    void this.load();
    return onChanged(() => void this.load());
  };

  load = async (): Promise<void> => {
    try {
      [this.reminders, this.calendar] = await Promise.all([
        call('reminder_settings', {}),
        call('calendar', {}),
      ]);
      this.failure = null;
    } catch (raw) {
      this.failure = ApiError.from(raw);
    }
  };

  /** False if it was refused: then what is shown goes back. */
  async remind(change: Partial<ReminderSettingsView>): Promise<boolean> {
    if (this.reminders === null) return false;
    const args = { ...this.reminders, ...change };
    const kept = await act('set_reminders', args, { done: t('settings-saved') });
    // Also when nothing changed, the boxes have to show what stands.
    this.reminders = kept ?? { ...this.reminders };
    return kept !== undefined;
  }

  async weekend(day: number, free: boolean): Promise<void> {
    if (this.calendar === null) return;
    const others = this.calendar.weekend.filter((one) => one !== day);
    const weekend = (free ? [...others, day] : others).sort((a, b) => a - b);
    await this.#days({ ...this.calendar, weekend }, t('settings-weekend-saved'));
  }

  async addHoliday(on: string): Promise<boolean> {
    if (this.calendar === null) return false;
    const holidays = [...new Set([...this.calendar.holidays, on])].sort();
    const done = t('settings-holiday-added', { date: fmt.date(on) });
    return this.#days({ ...this.calendar, holidays }, done);
  }

  async removeHoliday(on: string): Promise<boolean> {
    if (this.calendar === null) return false;
    const holidays = this.calendar.holidays.filter((one) => one !== on);
    const done = t('settings-holiday-removed', { date: fmt.date(on) });
    return this.#days({ ...this.calendar, holidays }, done);
  }

  async #days(calendar: CalendarView, done: string): Promise<boolean> {
    const kept = await act('set_calendar', calendar, { done });
    if (kept !== undefined) this.calendar = kept;
    else if (this.calendar !== null) this.calendar = { ...this.calendar };
    return kept !== undefined;
  }

  async addAbsence(line: string): Promise<boolean> {
    const done = t('settings-absence-added', { what: absenceWords(line) });
    return this.#away([...new Set([...this.absences, line])].sort(), done);
  }

  async removeAbsence(line: string): Promise<boolean> {
    const done = t('settings-absence-removed', { what: absenceWords(line) });
    return this.#away(
      this.absences.filter((one) => one !== line),
      done,
    );
  }

  async #away(absences: string[], done: string): Promise<boolean> {
    const person_id = session.me?.id;
    if (person_id === undefined) return false;
    if ((await act('set_absences', { person_id, absences }, { done })) === undefined) return false;
    await session.reload();
    return true;
  }
}
