/** One rule of a specification, by which a client is judged. */
export interface Rule {
  /** What to expect, in one sentence. */
  readonly text: string;
  /** Where the rule stands, such as `LGHV 2.2.3`. */
  readonly cites: string;
}

/** The rules of one gateway by id (kebab-case). */
export type RuleTable<Id extends string = string> = Readonly<Record<Id, Rule>>;

/** One breach as it is shown: never a text, a password or a whole number. */
export interface ViolationSample {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The session in which it happened; 0 outside any session. */
  readonly session: number;
  /** Field, limit, actual size or the like. */
  readonly detail: string;
}

/** How often one rule was broken, with the first few breaches. */
export interface ViolationCount extends Rule {
  readonly rule: string;
  readonly count: number;
  readonly samples: readonly ViolationSample[];
}

const SAMPLES_PER_RULE = 10;

/** Counts breaches by rule. Only rules of the table can be counted. */
export class Violations<Id extends string = string> {
  readonly rules: RuleTable<Id>;
  readonly #now: () => number;
  readonly #broken = new Map<Id, { count: number; samples: ViolationSample[] }>();
  #total = 0;

  constructor(rules: RuleTable<Id>, now: () => number) {
    this.rules = rules;
    this.#now = now;
  }

  get total(): number {
    return this.#total;
  }

  /** Counts one breach of `rule`. `detail` names field, limit and size, never the content. */
  add(rule: Id, detail: string, session = 0): void {
    this.#total += 1;
    let broken = this.#broken.get(rule);
    if (!broken) {
      broken = { count: 0, samples: [] };
      this.#broken.set(rule, broken);
    }
    broken.count += 1;
    if (broken.samples.length < SAMPLES_PER_RULE) {
      broken.samples.push({ at: this.#now(), session, detail });
    }
  }

  count(rule: Id): number {
    return this.#broken.get(rule)?.count ?? 0;
  }

  /** The rules that were broken, most often broken first. */
  list(): ViolationCount[] {
    return [...this.#broken]
      .map(([rule, { count, samples }]) => ({ rule, ...this.rules[rule], count, samples: [...samples] }))
      .sort((a, b) => b.count - a.count);
  }

  clear(): void {
    this.#total = 0;
    this.#broken.clear();
  }
}
