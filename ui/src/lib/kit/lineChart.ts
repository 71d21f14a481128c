/** A value at a place of the time axis; without a value it was left out that day. */
export interface ChartPoint {
  /** Milliseconds. */
  at: number;
  value: number | null;
  /** What a pointer over it says. */
  label: string;
}

export interface ChartSeries {
  id: string;
  label: string;
  points: ChartPoint[];
}

export interface ChartFrame {
  inlineSize: number;
  blockSize: number;
  low: number;
  high: number;
  rtl: boolean;
}

const margin = { start: 24, end: 64, top: 10, bottom: 40 };
const day = 86_400_000;

/** Where things are drawn: time runs along the line of reading. */
export class ChartScale {
  readonly frame: ChartFrame;
  readonly from: number;
  readonly to: number;

  constructor(frame: ChartFrame, series: ChartSeries[]) {
    const times = series.flatMap(({ points }) => points.map(({ at }) => at));
    this.frame = frame;
    this.from = times.length ? Math.min(...times) : 0;
    // One day alone still has a width.
    this.to = Math.max(times.length ? Math.max(...times) : 0, this.from + day);
  }

  x(at: number): number {
    const room = Math.max(1, this.frame.inlineSize - margin.start - margin.end);
    const along = margin.start + ((at - this.from) / (this.to - this.from)) * room;
    return this.frame.rtl ? this.frame.inlineSize - along : along;
  }

  y(value: number): number {
    const { low, high, blockSize } = this.frame;
    const room = blockSize - margin.top - margin.bottom;
    return margin.top + ((high - value) / (high - low)) * room;
  }

  /** The lane under the curves, for what was left out. */
  get lane(): number {
    return this.frame.blockSize - margin.bottom + 12;
  }

  get foot(): number {
    return this.frame.blockSize - 6;
  }

  get start(): number {
    return this.x(this.from);
  }

  get end(): number {
    return this.x(this.to);
  }

  /** The line through everything that has a value. */
  path(points: ChartPoint[]): string {
    return points
      .filter((point) => point.value !== null)
      .map(({ at, value }, i) => `${i ? 'L' : 'M'}${this.x(at)} ${this.y(value ?? 0)}`)
      .join('');
  }

  /** A few moments at even distances, as many as there is room for. */
  ticks(): number[] {
    const most = Math.max(2, Math.min(6, Math.floor(this.frame.inlineSize / 120)));
    const days = Math.round((this.to - this.from) / day);
    const count = Math.min(most, days + 1);
    return Array.from(
      { length: count },
      (_, i) => this.from + Math.round((days * i) / Math.max(1, count - 1)) * day,
    );
  }

  /** Heights of the names at the ends of the lines, kept apart. */
  names(series: ChartSeries[]): Map<string, number> {
    const gap = 14;
    const found = new Map<string, number>();
    const ends = series
      .flatMap(({ id, points }) => {
        const last = points.findLast(({ value }) => value !== null);
        return last ? [{ id, y: this.y(last.value ?? 0) }] : [];
      })
      .sort((a, b) => a.y - b.y);
    let least = -Infinity;
    for (const { id, y } of ends) {
      const at = Math.max(y, least);
      found.set(id, at);
      least = at + gap;
    }
    return found;
  }
}
