import { batchedCount, leaseHolders, unsettledCount } from '@pabal/fate';
import { fleetConfigOf, leaseResource, readGatewayStatuses, readStatuses } from '@pabal/fleet';
import { EVENTS_QUEUE, messageQueues, queueDepths, queueName, RESULTS_QUEUE } from '@pabal/queues';
import type { PabalConfig } from '@pabal/runtime';
import type { Command } from '../command.js';
import { CONFIG_FLAG, EXIT, isSet, JSON_FLAG } from '../command.js';
import { configOf, withStore } from '../session.js';
import { type AgentStatus, type FleetStatus, statusLines } from './status-view.js';

/** `pabal status` */
export const statusCommand: Command = {
  name: 'status',
  summary: 'processes, agents with their owners, sessions, granted and used rate, backlog',
  flags: { ...CONFIG_FLAG, ...JSON_FLAG },
  run: async (given, io) => {
    const status = await readFleetStatus(configOf(given, io));
    if (isSet(given, 'json')) io.out(JSON.stringify(status));
    else for (const line of statusLines(status)) io.out(line);
    return EXIT.done;
  },
};

async function readFleetStatus(config: PabalConfig): Promise<FleetStatus> {
  const fleet = fleetConfigOf(config);
  return withStore(config, async (store) => {
    const { redis } = store;
    const gateways = [...fleet.gateways.values()];
    const queues = [
      ...messageQueues([...fleet.routes.keys()], [...fleet.gateways.keys()]).map(queueName),
      RESULTS_QUEUE,
      ...fleet.replies.map((name) => `${RESULTS_QUEUE}-${name}`),
      EVENTS_QUEUE,
    ];
    const wanted = gateways.flatMap(({ agents, kind }) =>
      agents.flatMap((identity) =>
        (kind.reportsOn === 'reportLine' ? (['send', 'report'] as const) : (['send'] as const)).map(
          (role) => ({
            identity,
            role,
            resource: leaseResource(role, identity),
          }),
        ),
      ),
    );
    const [processes, standings, holders, depths, batched, unpublished, parked, unsettled] =
      await Promise.all([
        readStatuses(store),
        readGatewayStatuses(
          store,
          gateways.map(({ name }) => name),
        ),
        leaseHolders(
          store,
          wanted.map(({ resource }) => resource),
        ),
        queueDepths(redis, fleet.prefix, queues),
        batchedCount(store),
        redis.zcard(store.keys.outbox),
        redis.zcard(store.keys.parked),
        Promise.all(gateways.map(async ({ name }) => [name, await unsettledCount(store, name)] as const)),
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
  });
}
