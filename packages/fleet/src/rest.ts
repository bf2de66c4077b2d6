import type { JobEnd } from '@pabal/queues';

/** How soon an entry that found Redis away, or its lease gone, is offered again. */
export const STORE_RETRY_MS = 100;
/** How soon an uncertain message that is not yet to be probed is looked at again. */
export const LOOK_AGAIN_MS = 1_000;

/** Where a message rests after something was done with it. */
export type Rest =
  /** Its job here ends. */
  | { readonly kind: 'end'; readonly end: JobEnd }
  /** Back to the head of its lane: nothing was spent. */
  | { readonly kind: 'back' }
  /** In hand, but not before so many ms. */
  | { readonly kind: 'wait'; readonly ms: number };

export const DONE: Rest = { kind: 'end', end: { kind: 'done' } };
/** The message was put into another queue, whose job carries it from here on. */
export const MOVED: Rest = { kind: 'end', end: { kind: 'moved' } };
