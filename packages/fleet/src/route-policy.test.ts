import { describe, expect, it } from '@jest/globals';
import { type GatewayStanding, servingGateways, type Usable, wayOut } from './route-policy.js';
import { testEntry } from './testing/entries.js';

const OPEN: GatewayStanding = { carries: true, up: true, phase: 'open' };
const TRIAL: GatewayStanding = { ...OPEN, phase: 'trial' };
const CLOSED: GatewayStanding = { ...OPEN, phase: 'closed' };
const AWAY: GatewayStanding = { ...OPEN, up: false };
const FOREIGN: GatewayStanding = { ...OPEN, carries: false };

describe('the gateways that serve a route', () => {
  it.each<[string, 'balance' | 'failover', Record<string, GatewayStanding>, string[]]>([
    ['balance: all that are usable', 'balance', { a: OPEN, b: OPEN, c: CLOSED, d: AWAY }, ['a', 'b']],
    ['balance: one that is tried as well', 'balance', { a: TRIAL, b: OPEN }, ['a', 'b']],
    ['failover: the first', 'failover', { a: OPEN, b: OPEN }, ['a']],
    ['failover: the next while the first is closed', 'failover', { a: CLOSED, b: OPEN, c: OPEN }, ['b']],
    ['failover: the next while the first is away', 'failover', { a: AWAY, b: OPEN }, ['b']],
    ['failover: the first is tried beside the next', 'failover', { a: TRIAL, b: OPEN, c: OPEN }, ['a', 'b']],
    ['failover: nothing after the first that is open', 'failover', { a: OPEN, b: TRIAL }, ['a']],
    ['failover: one that carries the channel', 'failover', { a: FOREIGN, b: OPEN }, ['b']],
    ['none while all are closed', 'balance', { a: CLOSED, b: AWAY }, []],
  ])('%s', (_name, policy, standing, serving) => {
    const route = { gateways: Object.keys(standing), policy };
    expect(servingGateways(route, (gateway) => standing[gateway] ?? AWAY)).toEqual(serving);
  });
});

describe('the way out of the queue of a closed gateway', () => {
  const queue = { kind: 'to', gateway: 'alpha', channel: 'sms' } as const;
  const only =
    (...open: string[]): Usable =>
    (gateway) =>
      open.includes(gateway);

  it('is the next usable gateway of the route', () => {
    const entry = testEntry({ queue, gateways: ['alpha', 'beta', 'gamma'] });
    expect(wayOut(entry, only('gamma'))).toBe('gamma');
  });

  it('is none while its own gateway takes messages', () => {
    expect(wayOut(testEntry({ queue }), only('alpha', 'beta'))).toBeUndefined();
  });

  it('is none for a message that is pinned, and so has no alternatives', () => {
    const entry = testEntry({ queue });
    const pinned = { ...entry, admitted: { ...entry.admitted, alternatives: [] } };
    expect(wayOut(pinned, only('beta'))).toBeUndefined();
  });

  it('is none for a message that may have been written', () => {
    const entry = testEntry({ queue });
    entry.probe = { gateway: 'alpha', account: 'demo', wireId: '7', claimedAt: 0 };
    expect(wayOut(entry, only('beta'))).toBeUndefined();
  });

  it('is no gateway that had refused it before, unless that was another step', () => {
    const entry = testEntry({ queue });
    const refused = { channel: 'sms', gateway: 'beta', wireId: '1', at: 0 } as const;
    entry.attempts = [refused];
    expect(wayOut(entry, only('beta'))).toBeUndefined();
    entry.attempts = [{ ...refused, step: 1 }];
    expect(wayOut(entry, only('beta'))).toBe('beta');
  });

  it('is none from the queue of a route: there everybody finds it', () => {
    expect(wayOut(testEntry(), only('beta'))).toBeUndefined();
  });
});
