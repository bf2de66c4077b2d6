/** What a benchmark's figures are to be, and whether they are. */
export interface Aim {
  readonly aim: string;
  readonly met: boolean;
  /** Rows that miss it, by name. */
  readonly missed: readonly string[];
}

/** Holds rows against an aim. Pure. */
export function aimOf<Row>(
  aim: string,
  rows: readonly Row[],
  misses: (row: Row) => boolean,
  name: (row: Row) => string,
): Aim {
  const missed = rows.filter(misses).map(name);
  return { aim, met: missed.length === 0, missed };
}

/** Aims as people read them. Pure. */
export function aimLines(aims: readonly Aim[]): string[] {
  return aims.flatMap(({ aim, met, missed }) => [
    `${met ? 'met   ' : 'missed'}  ${aim}`,
    ...missed.map((name) => `          ${name}`),
  ]);
}
