import type { CardView, StageKind } from '$lib/api';
import { t } from '$lib/i18n';
import { announce } from '$lib/kit';
import { kinds, whyNot } from './stages';

const threshold = 5;

/** A card under the pointer on its way to another column. */
export class Drag {
  card = $state.raw<CardView | null>(null);
  x = $state(0);
  y = $state(0);
  width = $state(0);
  over = $state.raw<StageKind | null>(null);
  #start: { card: CardView; x: number; y: number; el: HTMLElement } | null = null;
  #grip = { x: 0, y: 0 };
  #suppress = false;
  readonly #drop: (card: CardView, to: StageKind) => void;

  constructor(drop: (card: CardView, to: StageKind) => void) {
    this.#drop = drop;
  }

  /** Why the column would refuse the card in hand; null while nothing is in hand or it would take it. */
  refusal(kind: StageKind): string | null {
    return this.card === null || this.card.kind === kind ? null : whyNot(this.card, kind);
  }

  down(event: PointerEvent, card: CardView, el: HTMLElement): void {
    if (event.button !== 0 || !event.isPrimary || event.ctrlKey || event.metaKey) return;
    this.#suppress = false;
    this.#start = { card, x: event.clientX, y: event.clientY, el };
    const stop = new AbortController();
    const { signal } = stop;
    const end = (): void => {
      stop.abort();
      this.#end();
    };
    addEventListener('pointermove', (moved) => this.#move(moved), { signal });
    addEventListener('pointerup', () => (this.#release(), end()), { signal });
    addEventListener('pointercancel', end, { signal });
    addEventListener('blur', end, { signal });
    addEventListener(
      'keydown',
      (key) => {
        if (key.key !== 'Escape' || this.card === null) return;
        key.preventDefault();
        key.stopPropagation();
        announce(t('board-move-cancelled'));
        end();
      },
      { signal, capture: true },
    );
  }

  /** The click that ends a drag opens nothing. */
  swallowClick(): boolean {
    const swallow = this.#suppress;
    this.#suppress = false;
    return swallow;
  }

  #move(event: PointerEvent): void {
    const start = this.#start;
    if (start === null) return;
    if (this.card === null) {
      if (Math.hypot(event.clientX - start.x, event.clientY - start.y) < threshold) return;
      const box = start.el.getBoundingClientRect();
      this.#grip = { x: start.x - box.left, y: start.y - box.top };
      this.width = box.width;
      this.card = start.card;
      this.#suppress = true;
      announce(t('board-moving', { name: start.card.name }));
    }
    event.preventDefault();
    this.x = event.clientX - this.#grip.x;
    this.y = event.clientY - this.#grip.y;
    const column = document
      .elementFromPoint(event.clientX, event.clientY)
      ?.closest<HTMLElement>('[data-kind]');
    this.over = kinds.find((kind) => kind === column?.dataset['kind']) ?? null;
  }

  #release(): void {
    const { card, over } = this;
    if (card === null || over === null || over === card.kind) return;
    this.#drop(card, over);
  }

  #end(): void {
    this.#start = this.card = this.over = null;
  }
}
