import type { AgentArrivals } from '../messages.js';

/** What an agent made of its grant, from its first submit to its last. */
export interface GrantUse {
  readonly submits: number;
  /** Submits as a share of what the grant allowed, silences around a login and the second after each not counted. */
  readonly usedShare: number;
  /** Where another login took over: how long nothing was sent before it, ms; the longest of several. */
  readonly silentMs?: number;
  /** When the first submit after that silence came; monotonic ms. */
  readonly resumedAt?: number;
}

/** After a pause a tenth of a second's worth may go at once; from here on it cannot make the share larger than it is. */
const SETTLED_AFTER_MS = 1_000;

interface Stretch {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** How an agent used its grant. Pure. */
export function grantUse({ at, session, rate }: Pick<AgentArrivals, 'at' | 'session' | 'rate'>): GrantUse {
  const stretches = byLogin(session);
  let counted = 0;
  let ms = 0;
  for (const { from, to } of stretches) {
    const settled = settledFrom(at, from, to);
    counted += to - 1 - settled;
    ms += (at[to - 1] ?? 0) - (at[settled] ?? 0);
  }
  const silence = longestSilence(at, stretches);
  return {
    submits: at.length,
    usedShare: ms > 0 ? (counted * 1000) / (rate.grant * ms) : Number.NaN,
    ...(silence && { silentMs: silence.ms, resumedAt: silence.until }),
  };
}

/** Submits of one login after another. What an earlier login left on its way can come between those of the next: it counts there. */
function byLogin(session: Float64Array): Stretch[] {
  const stretches: Stretch[] = [];
  let from = 0;
  let newest = session[0] ?? 0;
  session.forEach((login, i) => {
    if (login <= newest) return;
    stretches.push({ from, to: i });
    from = i;
    newest = login;
  });
  if (session.length > from) stretches.push({ from, to: session.length });
  return stretches;
}

/** The first submit of a stretch that counts; its first of all where it is shorter than that. */
function settledFrom(at: Float64Array, from: number, to: number): number {
  const begin = (at[from] ?? 0) + SETTLED_AFTER_MS;
  const found = at.subarray(from, to).findIndex((time) => time >= begin);
  return found < 0 ? from : from + found;
}

function longestSilence(
  at: Float64Array,
  stretches: readonly Stretch[],
): { readonly ms: number; readonly until: number } | undefined {
  let longest: { ms: number; until: number } | undefined;
  for (const { from } of stretches.slice(1)) {
    const until = at[from] ?? 0;
    const ms = until - (at[from - 1] ?? 0);
    if (!longest || ms > longest.ms) longest = { ms, until };
  }
  return longest;
}
