import type { Channel } from '@pabal/message';
import type { Clock } from '@pabal/session';
import type { CircuitPhase } from './circuit.js';
import type { FleetConfig } from './fleet-config.js';
import type { FleetView } from './fleet-view.js';
import { type GatewayStanding, servingGateways } from './route-policy.js';

/** How long an answer is used again: it is asked for with every message, and changes within seconds at the fastest. */
const FRESH_MS = 50;

export interface RouteTableOptions {
  readonly config: Pick<FleetConfig, 'routes' | 'gateways'>;
  readonly view: Pick<FleetView, 'hasFailed'>;
  /** As this process sees it: `trial` is its own. */
  readonly phase: (gateway: string) => CircuitPhase;
  readonly clock: Clock;
}

/** Which gateways take messages of which routes now. */
export class RouteTable {
  readonly #options: RouteTableOptions;
  readonly #known = new Map<string, { readonly routes: readonly string[]; readonly until: number }>();

  constructor(options: RouteTableOptions) {
    this.#options = options;
  }

  /** Routes whose messages of a channel a gateway takes now. */
  of(gateway: string, channel: Channel): readonly string[] {
    const now = this.#options.clock.now();
    const key = `${gateway}/${channel}`;
    const known = this.#known.get(key);
    if (known && known.until > now) return known.routes;
    const routes = this.#look(gateway, channel);
    this.#known.set(key, { routes, until: now + FRESH_MS });
    return routes;
  }

  /** Something changed: looks anew when asked next. */
  forget(): void {
    this.#known.clear();
  }

  #look(gateway: string, channel: Channel): readonly string[] {
    const standing = (name: string) => this.#standing(name, channel);
    return [...this.#options.config.routes]
      .filter(([, route]) => route.gateways.includes(gateway))
      .filter(([, route]) => servingGateways(route, standing).includes(gateway))
      .map(([name]) => name);
  }

  #standing(gateway: string, channel: Channel): GatewayStanding {
    const { config, view, phase } = this.#options;
    return {
      carries: config.gateways.get(gateway)?.channels.includes(channel) ?? false,
      up: !view.hasFailed(gateway, channel),
      phase: phase(gateway),
    };
  }
}
