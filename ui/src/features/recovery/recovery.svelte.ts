import { ApiError, recover, type Recovery } from '$lib/api';
import { t } from '$lib/i18n';
import { announce } from '$lib/kit';
import { recoverySentences } from './words';

/** After this time somebody wonders whether anything happens. */
const patience = 1000;

/** The recovery of a damaged store: asked for once, and then it says what it did or why it could not. */
export class RecoveryFlow {
  busy = $state(false);
  /** It takes so long that the screen says so. */
  slow = $state(false);
  done = $state.raw<Recovery | null>(null);
  error = $state.raw<ApiError | null>(null);
  /** Everything that was ever in the store is in it now. */
  readonly whole = $derived(
    this.done?.acts_lost === 0 && this.done.acts_mended === 0 && this.done.waiting === 0,
  );
  readonly title = $derived.by(() => {
    if (this.done?.how === 'intact') return t('recovery-intact');
    return this.whole ? t('recovery-whole') : t('recovery-part');
  });

  run = async (): Promise<void> => {
    if (this.busy) return;
    this.busy = true;
    this.error = null;
    const timer = setTimeout(() => {
      this.slow = true;
      announce(t('recovery-running-text'));
    }, patience);
    try {
      this.done = await recover();
      announce([this.title, ...recoverySentences(this.done)].join('. '));
    } catch (raw) {
      this.error = ApiError.from(raw);
    } finally {
      clearTimeout(timer);
      this.busy = this.slow = false;
    }
  };
}
