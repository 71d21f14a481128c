import { act } from '$lib/acts';
import type { RhythmView, Side } from '$lib/api';
import { t } from '$lib/i18n';
import { sideWords } from '$lib/widgets/moods';
import type { EngagementScreen } from './engagement.svelte';

/** What can be done with moods; each act replaces the engagement on the screen. */
export class MoodActs {
  readonly screen: EngagementScreen;

  constructor(screen: EngagementScreen) {
    this.screen = screen;
  }

  get #client(): string {
    return this.screen.view?.account ?? '';
  }

  async record(side: Side, score: number, note: string): Promise<boolean> {
    const words = { side: sideWords(side), client: this.#client, score };
    const args = { engagement_id: this.screen.id, side, score, note: note || null };
    return this.screen.take(await act('record_mood', args, { done: t('mood-saved-toast', words) }));
  }

  async skip(side: Side, reason: string): Promise<boolean> {
    const words = { side: sideWords(side), client: this.#client };
    const args = { engagement_id: this.screen.id, side, reason };
    return this.screen.take(await act('skip_mood', args, { done: t('mood-skipped-toast', words) }));
  }

  async rhythm(rhythm: RhythmView | null): Promise<boolean> {
    const done = t('moods-rhythm-saved', { name: this.screen.view?.name ?? '' });
    const args = { engagement_id: this.screen.id, rhythm };
    return this.screen.take(await act('set_mood_rhythm', args, { done }));
  }
}
