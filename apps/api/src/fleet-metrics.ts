import type { RedisHealth } from '@pabal/client';
import type { FleetStatus } from '@pabal/fleet';
import type { Family, Sample } from './exposition.js';

const PHASES = ['open', 'closed', 'trial'] as const;

/** What the fleet tells of itself, as metrics. Pure. */
export function fleetFamilies(status: FleetStatus, { usedShare, skewMs }: RedisHealth): readonly Family[] {
  const { processes, gateways, agents, queues, batched, unpublished, parked, unsettled } = status;
  const gauge = (name: string, help: string, samples: readonly Sample[]): Family => ({
    name,
    type: 'gauge',
    help,
    samples,
  });
  const lines = agents.flatMap(({ gateway, account, agent, role, line }) =>
    line ? [{ labels: { gateway, account, agent, role }, line }] : [],
  );
  const rates = (which: 'granted' | 'used') =>
    lines.flatMap(({ labels: { gateway, account, agent }, line }) =>
      Object.entries(line.rates).map(([type, rate]) => ({
        labels: { gateway, account, agent, type },
        value: rate[which],
      })),
    );
  return [
    gauge('pabal_redis_memory_share', 'Share of maxmemory in use; above 0.8 no new messages are taken.', [
      { value: usedShare },
    ]),
    gauge('pabal_clock_skew_seconds', "Redis' clock against this process'.", [{ value: skewMs / 1_000 }]),
    gauge('pabal_processes', 'Live processes by role.', [
      ...(['sender', 'receiver'] as const).map((role) => ({
        labels: { role },
        value: processes.filter((process) => process.role === role).length,
      })),
    ]),
    gauge(
      'pabal_queue_jobs',
      'Jobs in a queue by state: waiting, delayed, held by a worker, failed. A batch is one job.',
      queues.flatMap(({ queue, waiting, delayed, active, failed }) =>
        Object.entries({ waiting, delayed, held: active, failed }).map(([state, value]) => ({
          labels: { queue, state },
          value,
        })),
      ),
    ),
    gauge('pabal_messages_batched', 'Messages in unfinished batches.', [{ value: batched }]),
    gauge(
      'pabal_messages_unsettled',
      'Messages that wait for an answer or a report of a gateway.',
      Object.entries(unsettled).map(([gateway, value]) => ({ labels: { gateway }, value })),
    ),
    gauge('pabal_results_unpublished', 'Results settled and not yet in their queue.', [
      { value: unpublished },
    ]),
    gauge('pabal_reports_parked', 'Reports whose message nobody knows yet.', [{ value: parked }]),
    gauge(
      'pabal_rate_granted',
      'Submits a second that a gateway grants an agent, by type.',
      rates('granted'),
    ),
    gauge('pabal_rate_used', 'Submits of the past second, by agent and type.', rates('used')),
    gauge(
      'pabal_agent_owned',
      "1 while a process owns an agent's sessions.",
      agents.map(({ gateway, account, agent, role, owner }) => ({
        labels: { gateway, account, agent, role },
        value: owner === undefined ? 0 : 1,
      })),
    ),
    gauge(
      'pabal_session_state',
      '1 for the state that a session is in.',
      lines.flatMap(({ labels, line }) =>
        line.sessions.map(({ name, state }) => ({ labels: { ...labels, session: name, state }, value: 1 })),
      ),
    ),
    gauge(
      'pabal_gateway_state',
      '1 for the state that a gateway is in: open, closed for new messages, or tried with single ones.',
      gateways.flatMap(({ gateway, phase }) =>
        PHASES.map((state) => ({ labels: { gateway, state }, value: state === phase ? 1 : 0 })),
      ),
    ),
    {
      name: 'pabal_results_total',
      type: 'counter',
      help: 'Results published by a process since it started, by status and gateway.',
      samples: processes.flatMap(({ owner, results }) =>
        results.map(({ status: ended, gateway = '', count }) => ({
          labels: { process: owner, status: ended, gateway },
          value: count,
        })),
      ),
    },
  ];
}
