export type Load<T> = (from: number, count: number) => Promise<T[]>;

const block = 60;
const keep = 12;

/** Rows of a long list, fetched in blocks when they come near the view and dropped when they are far. */
export class Rows<T> {
  blocks = $state.raw<ReadonlyMap<number, T[]>>(new Map());
  #asked = new Map<number, Promise<void>>();
  #turn = 0;
  readonly #load: () => Load<T>;

  constructor(load: () => Load<T>) {
    this.#load = load;
  }

  at(index: number): T | undefined {
    return this.blocks.get(Math.floor(index / block))?.[index % block];
  }

  /** Everything may have changed: asked again; what is on the screen stays until the answer is here. */
  renew(): void {
    this.#turn += 1;
    this.#asked.clear();
  }

  /** Different rows altogether. */
  drop(): void {
    this.renew();
    this.blocks = new Map();
  }

  async need(first: number, last: number, count: number): Promise<void> {
    const from = Math.floor(Math.max(0, first) / block);
    const to = Math.floor(Math.max(0, Math.min(last, count - 1)) / block);
    if (count === 0) return;
    const wanted = Array.from({ length: to - from + 1 }, (_, i) => from + i);
    let turn: number;
    do {
      turn = this.#turn;
      await Promise.all(wanted.map((at) => this.#asked.get(at) ?? this.#ask(at)));
    } while (turn !== this.#turn);
  }

  #ask(at: number): Promise<void> {
    const asked = this.#fetch(at);
    this.#asked.set(at, asked);
    return asked;
  }

  async #fetch(at: number): Promise<void> {
    const turn = this.#turn;
    const rows = await this.#load()(at * block, block).catch(() => null);
    if (turn !== this.#turn) return;
    if (rows === null) {
      this.#asked.delete(at);
      return;
    }
    const next = new Map(this.blocks);
    next.set(at, rows);
    const far = [...next.keys()]
      .sort((a, b) => Math.abs(b - at) - Math.abs(a - at))
      .slice(0, Math.max(0, next.size - keep));
    for (const key of far) {
      next.delete(key);
      this.#asked.delete(key);
    }
    this.blocks = next;
  }
}

/** The first and the last row to mount. Never more than the window could show, whatever the scroller's height says. */
export function visible(
  top: number,
  height: number,
  row: number,
  count: number,
  most: number = typeof innerHeight === 'undefined' ? 800 : innerHeight,
): { first: number; last: number } {
  const over = 4;
  const rows = Math.ceil(Math.min(height, most) / row);
  const first = Math.max(0, Math.min(Math.floor(top / row) - over, count - rows - over));
  return { first: Math.max(0, first), last: Math.min(count - 1, first + rows + 2 * over) };
}
