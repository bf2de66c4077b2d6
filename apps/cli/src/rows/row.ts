import type { Problem } from '@pabal/message';

/** A row of a file: what it says, or why it cannot be read. `line` counts from 1. */
export type Row =
  | { readonly line: number; readonly input: Readonly<Record<string, unknown>> }
  | { readonly line: number; readonly problem: Problem };

/** A row that is not to be sent, with everything that is wrong with it. */
export interface BadRow {
  readonly line: number;
  readonly problems: readonly Problem[];
}
