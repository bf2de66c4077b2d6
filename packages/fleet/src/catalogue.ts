import type { Store } from '@pabal/fate';
import type { FleetCatalogue } from '@pabal/queues';
import type { FleetConfig } from './fleet-config.js';

/** The catalogue of a configuration. Pure. */
export function catalogueOf(config: FleetConfig): FleetCatalogue {
  const routes = [...config.routes].map(([name, { gateways }]) => {
    const channels = new Set(gateways.flatMap((gateway) => config.gateways.get(gateway)?.channels ?? []));
    return [name, { channels: [...channels], gateways }] as const;
  });
  const gateways = [...config.gateways].map(([name, { channels }]) => [name, { channels }] as const);
  return {
    v: 1,
    routes: Object.fromEntries(routes),
    gateways: Object.fromEntries(gateways),
    replies: config.replies,
    webhooks: config.webhooks,
    filesKeepMs: config.filesKeepMs,
    ...(config.durability === undefined ? {} : { durability: config.durability }),
  };
}

/** Writes the catalogue; the process that started last has the last word. */
export async function publishCatalogue(store: Store, config: FleetConfig): Promise<void> {
  await store.redis.set(store.keys.catalogue, JSON.stringify(catalogueOf(config)));
}
