import { describe, expect, it } from '@jest/globals';
import { fleetConfigOf, GATEWAY_KINDS } from '@pabal/fleet';
import { parseConfig } from '@pabal/runtime';
import { fleetConfig } from './fleet-config.js';

describe('fleetConfig', () => {
  it('is a configuration that the fleet takes, with as many agents of each gateway as asked for', () => {
    const text = fleetConfig({
      redisUrl: 'redis://127.0.0.1:7000',
      durability: 'memory',
      gateways: new Map([
        ['lghv', { grant: 7001 }],
        ['smtnt', { smtnt: 7002 }],
      ]),
      agents: 3,
    });
    const config = parseConfig(text, {
      source: 'bench',
      env: {},
      readSecret: () => '',
      kinds: GATEWAY_KINDS,
    });
    expect(config.durability).toBe('memory');
    const { gateways } = fleetConfigOf(config);
    expect([...gateways].map(([name, { agents }]) => [name, agents.length])).toEqual([
      ['lghv', 3],
      ['smtnt', 3],
    ]);
  });
});
