import { MEMORY_LIMIT_SHARE, type PabalClient } from '@pabal/client';

/** Why a process does not take messages now. */
export type Hindrance = 'redis-unavailable' | 'out-of-memory-guard' | 'clock-skew' | 'stopping';

export interface Readiness {
  readonly hindrances: readonly Hindrance[];
}

/** A clock that is further from Redis' than this would schedule and expire wrongly. */
export const MAX_SKEW_MS = 2_000;

/** Can messages be taken now? Never rejects. */
export async function readinessOf(
  client: Pick<PabalClient, 'health'>,
  stopping: boolean,
): Promise<Readiness> {
  const hindrances: Hindrance[] = stopping ? ['stopping'] : [];
  try {
    const { usedShare, skewMs } = await client.health();
    if (usedShare > MEMORY_LIMIT_SHARE) hindrances.push('out-of-memory-guard');
    if (Math.abs(skewMs) > MAX_SKEW_MS) hindrances.push('clock-skew');
  } catch {
    hindrances.push('redis-unavailable');
  }
  return { hindrances };
}
