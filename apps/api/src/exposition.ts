/** A label set; the order in which it is written is the order of its keys. */
export type Labels = Readonly<Record<string, string>>;

/** One line of a family. */
export interface Sample {
  readonly labels?: Labels;
  readonly value: number;
  /** Behind the family's name: `_bucket`, `_sum`, `_count`. */
  readonly suffix?: string;
}

/** A metric with all of its lines, as Prometheus reads it. */
export interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly samples: readonly Sample[];
}

/** The media type of the text format. */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** The families in Prometheus' text format; those without a line are left out. Pure. */
export function exposition(families: readonly Family[]): string {
  const lines = families
    .filter(({ samples }) => samples.length > 0)
    .flatMap(({ name, type, help, samples }) => [
      `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
      `# TYPE ${name} ${type}`,
      ...samples.map(({ labels, value, suffix = '' }) => `${name}${suffix}${written(labels)} ${value}`),
    ]);
  return `${lines.join('\n')}\n`;
}

function written(labels: Labels = {}): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

/** Counts by labels. Who adds sees to it that there are few sets of them. */
export class Counter {
  readonly #counts = new Map<string, { readonly labels: Labels; value: number }>();

  add(labels: Labels, by = 1): void {
    const key = Object.values(labels).join('\n');
    const known = this.#counts.get(key);
    if (known) known.value += by;
    else this.#counts.set(key, { labels, value: by });
  }

  get samples(): readonly Sample[] {
    return [...this.#counts.values()];
  }
}

/** How many observations lie at or below each bound, by labels. */
export class Histogram {
  readonly #bounds: readonly number[];
  readonly #series = new Map<string, { readonly labels: Labels; readonly counts: number[]; sum: number }>();

  /** @param bounds ascending; what lies above them all is counted as well */
  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
  }

  observe(labels: Labels, value: number): void {
    const key = Object.values(labels).join('\n');
    let series = this.#series.get(key);
    if (!series) {
      series = { labels, counts: new Array<number>(this.#bounds.length + 1).fill(0), sum: 0 };
      this.#series.set(key, series);
    }
    const bound = this.#bounds.findIndex((each) => value <= each);
    const place = bound < 0 ? this.#bounds.length : bound;
    series.counts[place] = (series.counts[place] ?? 0) + 1;
    series.sum += value;
  }

  get samples(): readonly Sample[] {
    return [...this.#series.values()].flatMap(({ labels, counts, sum }) => {
      let below = 0;
      const buckets = counts.map((count, place): Sample => {
        below += count;
        const bound = this.#bounds[place];
        return {
          suffix: '_bucket',
          labels: { ...labels, le: bound === undefined ? '+Inf' : String(bound) },
          value: below,
        };
      });
      return [...buckets, { suffix: '_sum', labels, value: sum }, { suffix: '_count', labels, value: below }];
    });
  }
}
