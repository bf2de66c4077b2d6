import type { Store } from '@pabal/fate';
import type { Channel } from '@pabal/message';
import type { FleetConfig } from './fleet-config.js';

/** What a fleet tells producers about itself, so that they can refuse early what it would refuse late. */
export interface FleetCatalogue {
  readonly v: 1;
  /** Channels that each route carries. */
  readonly routes: Readonly<
    Record<string, { readonly channels: readonly Channel[]; readonly gateways: readonly string[] }>
  >;
  /** Names that `replyTo` may have. */
  readonly replies: readonly string[];
}

/** The catalogue of a configuration. Pure. */
export function catalogueOf(config: FleetConfig): FleetCatalogue {
  const routes = [...config.routes].map(([name, { gateways }]) => {
    const channels = new Set(gateways.flatMap((gateway) => config.gateways.get(gateway)?.channels ?? []));
    return [name, { channels: [...channels], gateways }] as const;
  });
  return { v: 1, routes: Object.fromEntries(routes), replies: config.replies };
}

/** Writes the catalogue; the process that started last has the last word. */
export async function publishCatalogue(store: Store, config: FleetConfig): Promise<void> {
  await store.redis.set(store.keys.catalogue, JSON.stringify(catalogueOf(config)));
}
