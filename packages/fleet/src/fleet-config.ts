import type { Durability } from '@pabal/fate';
import type { Channel, MessageV1, Problem } from '@pabal/message';
import { type MessageQueue, messageQueues } from '@pabal/queues';
import type { AgentIdentity, AttachedFile, GatewayKind } from '@pabal/session';

/** A configured gateway with the kind that speaks its protocol. Made by {@link bindGateway}. */
export interface Gateway {
  readonly name: string;
  readonly kind: GatewayKind;
  readonly config: unknown;
  readonly agents: readonly AgentIdentity[];
  readonly channels: readonly Channel[];
}

/** A route as the configuration has it. */
export interface Route {
  readonly gateways: readonly string[];
  /** `balance`: all of them, each as its grant allows; `failover`: the first in order that is usable. */
  readonly policy: 'balance' | 'failover';
}

/** What both roles of the fleet need to know of the configuration. */
export interface FleetConfig {
  readonly prefix: string;
  readonly gateways: ReadonlyMap<string, Gateway>;
  readonly routes: ReadonlyMap<string, Route>;
  /** Names for `replyTo`, without the `results-` before them. */
  readonly replies: readonly string[];
  /** Names for `webhook.name`. */
  readonly webhooks: readonly string[];
  /** How long a tombstone is kept after its result, ms. */
  readonly idempotencyWindowMs: number;
  /** How long deadlines stand still after a report path came back, ms. */
  readonly reportGraceMs: number;
  /** How long a stopping process waits for what is in flight, ms. */
  readonly drainLimitMs: number;
  /** How long a file is kept after it was stored, ms. */
  readonly filesKeepMs: number;
  /** What Redis is trusted to keep before a producer is told that it has a message. */
  readonly durability?: Durability;
}

/** Joins a gateway's block of the configuration with its kind. */
export function bindGateway(name: string, kind: GatewayKind, config: unknown): Gateway {
  return { name, kind, config, agents: kind.agents(name, config), channels: kind.channels(config) };
}

/** Why a gateway cannot carry a message; empty when it can. */
export function gatewayProblems(
  config: FleetConfig,
  name: string,
  message: MessageV1,
  files?: readonly AttachedFile[],
): readonly Problem[] {
  const gateway = config.gateways.get(name);
  if (!gateway) {
    return [{ field: 'gateway', rule: 'unknown-gateway', message: 'the fleet has no gateway of this name' }];
  }
  if (!gateway.channels.includes(message.channel)) {
    return [
      { field: 'channel', rule: 'unsupported-channel', message: `${name} does not carry ${message.channel}` },
    ];
  }
  return gateway.kind.problems(message, gateway.config, files);
}

/** Agents of an account in the whole fleet. */
export function agentsOfAccount(gateway: Gateway, account: string): readonly string[] {
  return gateway.agents.filter((one) => one.account === account).map(({ agent }) => agent);
}

/** Every queue that messages may stand in. */
export function queuesOf({ routes, gateways }: Pick<FleetConfig, 'routes' | 'gateways'>): MessageQueue[] {
  return messageQueues([...routes.keys()], [...gateways.keys()]);
}
