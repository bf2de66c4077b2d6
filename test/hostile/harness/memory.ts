import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export const MEGABYTE = 2 ** 20;

/**
 * What may be left of a run when it is over. Nothing of a case is kept, so that this is room for compiled code, tables
 * and counters; a codec that kept one byte of each frame of a long run, or one large frame, would exceed it soon.
 */
export const MAX_RETAINED = 16 * MEGABYTE;

/**
 * How much the process may grow while it runs. A case holds a stream of at most a few frames of the largest size and
 * what is made of it; the rest is garbage that V8 has not yet collected. A codec that allocated what lying lengths
 * promise would take gigabytes.
 */
export const MAX_GROWTH = 256 * MEGABYTE;

let collect: (() => void) | undefined;

/** Collects what is garbage, so that what is measured is what is kept. */
export function collectGarbage(): void {
  if (!collect) {
    setFlagsFromString('--expose-gc');
    const gc: unknown = runInNewContext('gc');
    if (typeof gc !== 'function') throw new Error('no access to the garbage collector');
    collect = () => void gc();
  }
  collect();
}

/** Lets the event loop go round once, as it does between the reads of a socket. */
export function turn(): Promise<void> {
  return setImmediate();
}

/** Bytes in use after a collection: objects and the memory of buffers. */
export async function keptBytes(): Promise<number> {
  // The memory of buffers is given back behind their objects, by a later collection.
  for (let count = 0; count < 3; count++) {
    await turn();
    collectGarbage();
  }
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
}

export function residentBytes(): number {
  return process.memoryUsage.rss();
}
