import {
  type AgentStatus,
  type FleetStatus,
  type GatewayStatus,
  type ProcessStatus,
  type ResultCount,
  sumResults,
} from '@pabal/fleet';
import type { QueueDepth } from '@pabal/queues';
import { localTime } from '../local-time.js';
import { renderTable } from '../table.js';

const NOTHING = '-';

/**
 * The fleet as people read it. Pure.
 * @param before an earlier look: with it rates are those of the time since then, else averages of the last minute
 */
export function statusLines(status: FleetStatus, before?: FleetStatus): string[] {
  const { at, processes, gateways, agents, queues, batched, unpublished, parked, unsettled } = status;
  const waiting = Object.entries(unsettled).map(([gateway, count]) => `${gateway} ${count}`);
  return [
    ...(processes.length === 0
      ? ['No process of the fleet is running.']
      : renderTable(
          ['process', 'role', 'up', 'agents', 'held', 'in flight', 'published', 'skew'],
          processes.map((process) => [
            process.owner,
            process.role,
            upTime(process.at - process.startedAt),
            agentCount(process),
            String(process.waiting),
            String(process.inFlight),
            String(process.published),
            `${process.skewMs} ms`,
          ]),
        )),
    '',
    ...renderTable(
      ['gateway', 'account', 'agent', 'sessions', 'owner', 'states', 'rate used/granted', 'window'],
      agents.map(agentCells),
    ),
    ...gateways.flatMap((gateway) => closedLine(gateway, Date.parse(at))),
    '',
    ...queueLines(queues, Date.parse(at)),
    ...(batched === 0 ? [] : [`messages in unfinished batches, each a single job above: ${batched}`]),
    '',
    ...resultLines(status, before),
    '',
    `waiting for a report: ${waiting.join(', ') || 'none'} · results to publish: ${unpublished} · parked reports: ${parked}`,
  ];
}

/** What takes no new messages, since when and why. */
function closedLine({ gateway, reason, code, since, trialAt }: GatewayStatus, now: number): string[] {
  if (reason === undefined || since === undefined) return [];
  const why = code === undefined ? reason : `${reason} (${code})`;
  const next =
    trialAt === undefined
      ? 'waits for a login'
      : trialAt <= now
        ? 'single messages are tried'
        : `tried in ${upTime(trialAt - now)}`;
  return [`${gateway} closed since ${localTime(new Date(since).toISOString())}: ${why}; ${next}`];
}

/** A sender that owns nothing stands by: there are more of them than agents. A receiver sweeps all the same. */
function agentCount({ lines, role }: ProcessStatus): string {
  if (lines.length > 0) return String(lines.length);
  return role === 'sender' ? 'standby' : 'sweeps';
}

function agentCells({ gateway, account, agent, role, owner, line }: AgentStatus): string[] {
  const sessions = line?.sessions ?? [];
  const states = sessions.map(({ name, state, reason }) =>
    reason === undefined || state === 'ready' ? `${name} ${state}` : `${name} ${state} (${reason})`,
  );
  const rates = Object.entries(line?.rates ?? {}).map(
    ([domain, { granted, used }]) => `${domain} ${used}/${granted}`,
  );
  const windows = sessions.map(({ inFlight, window }) => `${inFlight}/${window}`);
  return [
    gateway,
    account,
    agent,
    role,
    owner ?? 'nobody',
    states.join(', ') || NOTHING,
    rates.join(', ') || NOTHING,
    (role === 'send' && windows.join(', ')) || NOTHING,
  ];
}

/** How messages ended, as the processes that live now have published it. */
function resultLines(status: FleetStatus, before: FleetStatus | undefined): string[] {
  const results = resultsOf(status);
  if (results.length === 0) return ['No result was published by these processes yet.'];
  const earlier = before && new Map(resultsOf(before).map((count) => [keyOf(count), count.count]));
  const seconds = before ? (Date.parse(status.at) - Date.parse(before.at)) / 1_000 : MINUTE_S;
  return renderTable(
    ['result', 'gateway', 'a second', 'last minute', 'since start'],
    results.map((result) => {
      const came = earlier ? result.count - (earlier.get(keyOf(result)) ?? 0) : result.lastMinute;
      return [
        result.status,
        result.gateway ?? NOTHING,
        rate(came / seconds),
        String(result.lastMinute),
        String(result.count),
      ];
    }),
  );
}

const MINUTE_S = 60;

function resultsOf({ processes }: FleetStatus): ResultCount[] {
  return sumResults(processes.map(({ results }) => results));
}

function keyOf({ status, gateway = NOTHING }: ResultCount): string {
  return `${status} ${gateway}`;
}

/** A process that ended takes its counts with it: that is no rate. */
function rate(perSecond: number): string {
  const value = Number.isFinite(perSecond) ? Math.max(0, perSecond) : 0;
  return value >= 10 ? String(Math.round(value)) : value.toFixed(1);
}

function queueLines(queues: readonly QueueDepth[], now: number): string[] {
  const used = queues.filter(
    ({ waiting, delayed, active, failed }) => waiting + delayed + active + failed > 0,
  );
  if (used.length === 0) return ['All queues are empty.'];
  return renderTable(
    ['queue', 'waiting', 'oldest', 'delayed', 'held', 'failed'],
    used.map(({ queue, waiting, oldestAt, delayed, active, failed }) => [
      queue,
      String(waiting),
      oldestAt === undefined ? NOTHING : upTime(now - oldestAt),
      ...[delayed, active, failed].map(String),
    ]),
  );
}

/** `3d 4h`, `2h 5m`, `1m 3s`, `7s`. */
export function upTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const units = [
    ['d', 86_400],
    ['h', 3_600],
    ['m', 60],
    ['s', 1],
  ] as const;
  const first = units.findIndex(([, size]) => seconds >= size);
  if (first < 0) return '0s';
  let rest = seconds;
  return units
    .slice(first, first + 2)
    .map(([unit, size]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return `${count}${unit}`;
    })
    .join(' ');
}
