import { CHANNELS, type Channel } from '@pabal/message';
import { z } from 'zod';
import type { MessageQueue } from './catalogue.js';
import { messageQueues } from './catalogue.js';

/** What a fleet tells producers about itself, so that they can refuse early what it would refuse late. */
export interface FleetCatalogue {
  readonly v: 1;
  /** Channels that each route carries. */
  readonly routes: Readonly<
    Record<string, { readonly channels: readonly Channel[]; readonly gateways: readonly string[] }>
  >;
  /** Channels that each gateway carries, also of those in no route. */
  readonly gateways: Readonly<Record<string, { readonly channels: readonly Channel[] }>>;
  /** Names that `replyTo` may have. */
  readonly replies: readonly string[];
  /** Names that `webhook.name` may have; absent where an older version wrote the catalogue. */
  readonly webhooks?: readonly string[] | undefined;
  /** How long a file is kept after it was stored, ms; absent where an older version wrote the catalogue. */
  readonly filesKeepMs?: number | undefined;
  /** What Redis is trusted to keep before a producer is told that it has a message; absent where an older version wrote it. */
  readonly durability?: 'fsync' | 'replica' | 'memory' | undefined;
}

const channels = z.array(z.enum(CHANNELS));

const shape = z.looseObject({
  v: z.literal(1),
  routes: z.record(z.string(), z.looseObject({ channels, gateways: z.array(z.string()) })),
  gateways: z.record(z.string(), z.looseObject({ channels })),
  replies: z.array(z.string()),
  webhooks: z.array(z.string()).optional(),
  filesKeepMs: z.number().positive().optional(),
  durability: z.enum(['fsync', 'replica', 'memory']).optional(),
});

/** Reads what stands under the catalogue's key; undefined when nothing does, or nothing that this version knows. */
export function parseCatalogue(text: string | null): FleetCatalogue | undefined {
  if (text === null) return undefined;
  try {
    return shape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // not JSON: as good as absent, and the fleet writes it anew at its next start
  }
}

/** Every queue that a message may stand in; without a catalogue those of the route `default`. */
export function queuesOfCatalogue(catalogue: FleetCatalogue | undefined): MessageQueue[] {
  if (!catalogue) return messageQueues(['default'], []);
  return messageQueues(Object.keys(catalogue.routes), Object.keys(catalogue.gateways));
}
