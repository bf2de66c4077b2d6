import { describe, expect, it } from '@jest/globals';
import type { GatewayStatus } from '@pabal/fleet';
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

describe('the status of queues', () => {
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
