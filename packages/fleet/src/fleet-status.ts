import { batchedCount, leaseHolders, type Store, unsettledCount } from '@pabal/fate';
import {
  EVENTS_QUEUE,
  messageQueues,
  type QueueDepth,
  queueDepths,
  queueName,
  RESULTS_QUEUE,
  WEBHOOKS_QUEUE,
} from '@pabal/queues';
import type { FleetConfig } from './fleet-config.js';
import { type GatewayStatus, readGatewayStatuses } from './gateway-status.js';
import { leaseResource } from './ownership.js';
import { type ProcessStatus, readStatuses, type StatusLine } from './status.js';

/** One agent's SEND or report sessions, and who owns them. */
export interface AgentStatus {
  readonly gateway: string;
  readonly account: string;
  readonly agent: string;
  readonly role: 'send' | 'report';
  /** The process that holds the lease. */
  readonly owner?: string;
  /** What the owner tells of it. */
  readonly line?: StatusLine;
}

/** The fleet at a moment. */
export interface FleetStatus {
  readonly at: string;
  readonly processes: readonly ProcessStatus[];
  /** Which gateways take new messages. */
  readonly gateways: readonly GatewayStatus[];
  readonly agents: readonly AgentStatus[];
  readonly queues: readonly QueueDepth[];
  /** Messages in batches that are not finished: each of those is one job in its queue. */
  readonly batched: number;
  /** Results settled and not yet in their queue. */
  readonly unpublished: number;
  /** Reports whose message nobody knows. */
  readonly parked: number;
  /** Messages that wait for an answer or a report, by gateway. */
  readonly unsettled: Readonly<Record<string, number>>;
}

/** Reads what the fleet of a configuration tells about itself, from one Redis, in a few round trips. */
export async function readFleetStatus(store: Store, fleet: FleetConfig): Promise<FleetStatus> {
  const { redis, keys } = store;
  const gateways = [...fleet.gateways.values()];
  const queues = [
    ...messageQueues([...fleet.routes.keys()], [...fleet.gateways.keys()]).map(queueName),
    RESULTS_QUEUE,
    ...fleet.replies.map((name) => `${RESULTS_QUEUE}-${name}`),
    WEBHOOKS_QUEUE,
    EVENTS_QUEUE,
  ];
  const wanted = gateways.flatMap(({ agents, kind }) =>
    agents.flatMap((identity) =>
      (kind.reportsOn === 'reportLine' ? (['send', 'report'] as const) : (['send'] as const)).map((role) => ({
        identity,
        role,
        resource: leaseResource(role, identity),
      })),
    ),
  );
  const resources = wanted.map(({ resource }) => resource);
  const names = gateways.map(({ name }) => name);
  const [processes, standings, holders, depths, batched, unpublished, parked, unsettled] = await Promise.all([
    readStatuses(store),
    readGatewayStatuses(store, names),
    leaseHolders(store, resources),
    queueDepths(redis, fleet.prefix, queues),
    batchedCount(store),
    redis.zcard(keys.outbox),
    redis.zcard(keys.parked),
    Promise.all(names.map(async (name) => [name, await unsettledCount(store, name)] as const)),
  ]);
  const agents = wanted.map(({ identity, role, resource }): AgentStatus => {
    const owner = holders.get(resource);
    const line = processes
      .find((process) => process.owner === owner)
      ?.lines.find(
        ({ kind, gateway, account, agent }) =>
          kind === role &&
          gateway === identity.gateway &&
          account === identity.account &&
          agent === identity.agent,
      );
    return {
      ...identity,
      role,
      ...(owner === undefined ? {} : { owner }),
      ...(line === undefined ? {} : { line }),
    };
  });
  return {
    at: new Date().toISOString(),
    processes,
    gateways: standings,
    agents,
    queues: depths,
    batched,
    unpublished,
    parked,
    unsettled: Object.fromEntries(unsettled),
  };
}
