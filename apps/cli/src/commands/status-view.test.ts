import { describe, expect, it } from '@jest/globals';
import type { FleetStatus, GatewayStatus, ProcessStatus } from '@pabal/fleet';
import { statusLines } from './status-view.js';

const AT = Date.parse('2026-01-31T12:00:00.000Z');

function linesWith(gateway: GatewayStatus): string[] {
  const lines = statusLines({
    at: new Date(AT).toISOString(),
    processes: [],
    gateways: [gateway],
    agents: [],
    queues: [],
    batched: 0,
    unpublished: 0,
    parked: 0,
    unsettled: {},
  });
  return lines.filter((line) => line.startsWith(gateway.gateway));
}

describe('the status of gateways', () => {
  it('says nothing of one that is open', () => {
    expect(linesWith({ gateway: 'hellovision', phase: 'open' })).toEqual([]);
  });

  it.each<[string, Partial<GatewayStatus>, string]>([
    [
      'rests',
      { phase: 'closed', reason: 'system-errors', code: '1', trialAt: AT + 7_000 },
      'system-errors (1); tried in 7s',
    ],
    [
      'is tried',
      { phase: 'trial', reason: 'no-answers', trialAt: AT },
      'no-answers; single messages are tried',
    ],
    ['has no session', { phase: 'closed', reason: 'no-session' }, 'no-session; waits for a login'],
  ])('says of one that %s why, since when, and what comes next', (_name, change, words) => {
    const [line = ''] = linesWith({ gateway: 'hellovision', phase: 'closed', since: AT - 60_000, ...change });
    expect(line).toMatch(/^hellovision closed since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}: /);
    expect(line.slice(line.indexOf('.000: ') + 6)).toBe(words);
  });
});

describe('the status of results', () => {
  const process = (results: ProcessStatus['results'], owner = 'sender@a/1/x'): ProcessStatus => ({
    ...{ owner, role: 'sender', at: AT, startedAt: AT - 60_000, lines: [], serving: [] },
    ...{ waiting: 0, inFlight: 0, published: 0, skewMs: 0, results },
  });
  const status = (processes: readonly ProcessStatus[], at = AT): FleetStatus => ({
    ...{ at: new Date(at).toISOString(), processes, gateways: [], agents: [], queues: [] },
    ...{ batched: 0, unpublished: 0, parked: 0, unsettled: {} },
  });
  const delivered = { status: 'delivered', gateway: 'smtnt', count: 900, lastMinute: 90 } as const;
  const expired = { status: 'expired', count: 6, lastMinute: 6 } as const;
  const rows = (now: FleetStatus, before?: FleetStatus) =>
    statusLines(now, before)
      .filter((line) => /^(delivered|expired|failed) /.test(line))
      .map((line) => line.split(/ {2,}/));

  it('adds up what the processes published, with the average of the last minute', () => {
    expect(rows(status([process([delivered, expired]), process([delivered], 'receiver@a/2/y')]))).toEqual([
      ['delivered', 'smtnt', '3.0', '180', '1800'],
      ['expired', '-', '0.1', '6', '6'],
    ]);
  });

  it('counts between two looks where there are two, and no process that ended as a rate', () => {
    const before = status([process([delivered]), process([expired], 'gone')], AT - 2_000);
    const now = status([
      process([
        { ...delivered, count: 960 },
        { ...expired, count: 2 },
      ]),
    ]);
    expect(rows(now, before)).toEqual([
      ['delivered', 'smtnt', '30', '90', '960'],
      ['expired', '-', '0.0', '6', '2'],
    ]);
  });

  it('says so while there are none', () => {
    expect(statusLines(status([process([])]))).toContain('No result was published by these processes yet.');
  });
});

describe('the status of queues', () => {
  it('says since when the oldest message waits', () => {
    const queue = { queue: 'send-default-sms', waiting: 7, delayed: 1, active: 0, failed: 0 };
    const lines = statusLines({
      ...{ at: new Date(AT).toISOString(), processes: [], gateways: [], agents: [] },
      queues: [
        { ...queue, oldestAt: AT - 75_000 },
        { ...queue, queue: 'send-default-lms', waiting: 0 },
      ],
      ...{ batched: 0, unpublished: 0, parked: 0, unsettled: {} },
    });
    const cells = lines.filter((line) => line.startsWith('send-')).map((line) => line.split(/ {2,}/));
    expect(cells).toEqual([
      ['send-default-sms', '7', '1m 15s', '1', '0', '0'],
      ['send-default-lms', '0', '-', '1', '0', '0'],
    ]);
  });

  const lines = (batched: number) =>
    statusLines({
      at: new Date(AT).toISOString(),
      processes: [],
      gateways: [],
      agents: [],
      queues: [],
      batched,
      unpublished: 0,
      parked: 0,
      unsettled: {},
    }).filter((line) => line.includes('batches'));

  it('says how many messages are in batches, where there are any, since those count as single jobs', () => {
    expect(lines(0)).toEqual([]);
    expect(lines(1_200)).toEqual([expect.stringContaining(': 1200')]);
  });
});
