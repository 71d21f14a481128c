import {
  ApiError,
  cached,
  dropCache,
  onChanged,
  onDamage,
  onProgress,
  type PersonView,
  type Progress,
  type SessionView,
} from '$lib/api';

/** Who uses this store and what it holds; null until the core has answered. */
class Session {
  view = $state.raw<SessionView | null>(null);
  error = $state.raw<ApiError | null>(null);
  /** How far the store is brought up to date, while the core opens one that an older app wrote. */
  opening = $state.raw<Progress | null>(null);
  /** What a call found while the store was open: it is damaged. */
  damage = $state.raw<ApiError | null>(null);
  readonly me = $derived<PersonView | null>(this.view?.person ?? null);
  /** Someone is chosen, so acts can be recorded. */
  readonly canAct = $derived(this.view?.person !== null && this.view !== null);
  readonly currency = $derived(this.view?.workspace?.currency ?? 'EUR');

  #departures = 0;

  start(): () => void {
    const stops = [
      onDamage((error) => (this.damage ??= error)),
      onProgress((progress) => {
        if (progress.job === 'opening') this.opening = progress;
      }),
      onChanged(() => {
        dropCache();
        // The way out of a recovery is its own button.
        if (this.view !== null || this.damage === null) void this.reload();
      }),
    ];
    void this.reload();
    return () => stops.forEach((stop) => stop());
  }

  /** Leaves the pages for the recovery of the damaged store; opening it again comes back to them. */
  readonly leave = (): void => {
    this.#departures += 1;
    dropCache();
    this.error = this.damage;
    this.view = null;
  };

  reload = async (): Promise<void> => {
    const from = this.#departures;
    try {
      const view = await cached('session', {});
      // It was asked for before the pages were left.
      if (from !== this.#departures) return;
      if (this.view === null) this.damage = null;
      this.view = view;
      this.error = null;
    } catch (raw) {
      if (from === this.#departures) this.error = ApiError.from(raw);
    } finally {
      this.opening = null;
    }
  };
}

export const session = new Session();
