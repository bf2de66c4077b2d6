/** What a setting must be, and whether a value is that. */
export interface Check {
  readonly wanted: string;
  readonly holds: (value: unknown) => boolean;
}

export type Checks<T extends object> = { readonly [Key in keyof T]-?: Check };

/** Those of `values` that the table names, each checked. Throws TypeError naming the one out of range. */
export function pick<T extends object>(values: object, checks: Checks<T>): Partial<T> {
  const given = values as Readonly<Record<string, unknown>>;
  const names = Object.keys(checks) as (keyof T & string)[];
  const picked = names.filter((name) => given[name] !== undefined);
  for (const name of picked) {
    const { wanted, holds } = checks[name];
    if (!holds(given[name])) throw new TypeError(`${name} must be ${wanted}, is ${String(given[name])}`);
  }
  return Object.fromEntries(picked.map((name) => [name, given[name]])) as Partial<T>;
}

export function whole(least: number, most: number): Check {
  return {
    wanted: `a whole number from ${least} to ${most}`,
    holds: (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
  };
}

export function oneOf(...choices: readonly (string | number)[]): Check {
  return { wanted: choices.join(' or '), holds: (value) => choices.some((choice) => choice === value) };
}

/** What another check takes, or this value. */
export function orElse(value: string | null, check: Check): Check {
  return {
    wanted: `${value} or ${check.wanted}`,
    holds: (given) => given === value || check.holds(given),
  };
}

export const yesOrNo: Check = { wanted: 'true or false', holds: (value) => typeof value === 'boolean' };
