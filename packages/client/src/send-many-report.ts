import type { Problem } from '@pabal/message';

/** What became of the items, by their place in the input, from 0. Every item is in exactly one of the two. */
export interface SendManyReport {
  readonly accepted: readonly { readonly index: number; readonly id: string }[];
  readonly refused: readonly { readonly index: number; readonly problems: readonly Problem[] }[];
}
