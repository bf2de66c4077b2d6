import { script } from './script.js';
import type { Store } from './store.js';

/** A circuit lives this long after it was last seen to: with a fleet that is gone, its opinion of a gateway goes too. */
export const CIRCUIT_TTL_MS = 120_000;

// KEYS 1 circuit  ARGV 1 expected, '' for none 2 new 3 ttl
const SWAP = script(
  'circuit-swap',
  `
local stands = redis.call('GET', KEYS[1]) or ''
if stands ~= ARGV[1] then return {'stands', stands} end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return {'swapped', ARGV[2]}
`,
);

/** What the fleet last agreed on about each gateway, as text; gateways that nothing stands of are left out. */
export async function readCircuits(
  { redis, keys }: Store,
  gateways: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (gateways.length === 0) return new Map();
  const texts = await redis.mget(...gateways.map((gateway) => keys.circuit(gateway)));
  return new Map(
    gateways.flatMap((gateway, i): [string, string][] => {
      const text = texts[i];
      return typeof text === 'string' ? [[gateway, text]] : [];
    }),
  );
}

/** Puts a circuit in the place of the one that is known; of several processes one succeeds, the others learn what stands. */
export async function swapCircuit(
  store: Store,
  gateway: string,
  known: string | undefined,
  next: string,
): Promise<{ readonly kind: 'swapped' | 'stands'; readonly text: string | undefined }> {
  const [kind, text] = await store.run(
    SWAP,
    [store.keys.circuit(gateway)],
    [known ?? '', next, CIRCUIT_TTL_MS],
  );
  return { kind: kind === 'swapped' ? 'swapped' : 'stands', text: text === '' ? undefined : String(text) };
}

/** Sees to it that circuits stay while somebody looks after them. */
export async function keepCircuits({ redis, keys }: Store, gateways: readonly string[]): Promise<void> {
  await Promise.all(gateways.map((gateway) => redis.pexpire(keys.circuit(gateway), CIRCUIT_TTL_MS)));
}
