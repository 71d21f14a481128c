import {
  ApiError,
  cached,
  dropCache,
  onChanged,
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
  readonly me = $derived<PersonView | null>(this.view?.person ?? null);
  /** Someone is chosen, so acts can be recorded. */
  readonly canAct = $derived(this.view?.person !== null && this.view !== null);
  readonly currency = $derived(this.view?.workspace?.currency ?? 'EUR');

  start(): () => void {
    const stops = [
      onProgress((progress) => {
        if (progress.job === 'opening') this.opening = progress;
      }),
      onChanged(() => {
        dropCache();
        void this.reload();
      }),
    ];
    void this.reload();
    return () => stops.forEach((stop) => stop());
  }

  reload = async (): Promise<void> => {
    try {
      this.view = await cached('session', {});
      this.error = null;
    } catch (raw) {
      this.error = ApiError.from(raw);
    }
  };
}

export const session = new Session();
