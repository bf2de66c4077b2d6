import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

/** An address that a name leads to. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Asks for every address of a name. Rejects with the errors of `node:dns`. */
export type Resolve = (name: string) => Promise<readonly ResolvedAddress[]>;

/** The system's own way, its hosts file included. */
export const systemResolve: Resolve = (name) => lookup(name, { all: true });

/** How long an answer is used again, ms. Deliveries judge the addresses each time all the same. */
const KEPT_MS = 5_000;
const MOST_NAMES = 1_000;

/**
 * Asks once for many that ask at the same time, and keeps an answer for a few seconds: the system looks up few names at once, and
 * one whose servers do not answer must not be in the way of the others. Addresses in place of names are answered as they are.
 */
export function sharedResolve(resolve: Resolve, now: () => number): Resolve {
  const known = new Map<string, { readonly answer: ReturnType<Resolve>; readonly at: number }>();
  return (name) => {
    const family = isIP(name);
    if (family !== 0) return Promise.resolve([{ address: name, family }]);
    const kept = known.get(name);
    if (kept && now() - kept.at < KEPT_MS) return kept.answer;
    const entry = { answer: resolve(name), at: now() };
    known.delete(name);
    known.set(name, entry);
    const oldest = known.size > MOST_NAMES ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
    // A failure is not kept: the next one asks again.
    entry.answer.catch(() => known.get(name) === entry && known.delete(name));
    return entry.answer;
  };
}
