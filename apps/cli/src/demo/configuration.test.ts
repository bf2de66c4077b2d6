import { describe, expect, it } from '@jest/globals';
import { hashApiKey } from '@pabal/api';
import { GATEWAY_KINDS } from '@pabal/fleet';
import { parseConfig } from '@pabal/runtime';
import { DEMO_GATEWAYS, demoConfiguration } from './configuration.js';

describe('the configuration of the demo', () => {
  it('is valid, and means both gateways and the Redis of the demo', () => {
    const text = demoConfiguration({
      redisUrl: 'redis://:p%22w@127.0.0.1:7000',
      prefix: 'pabal-demo-1',
      grantPort: 8480,
      smtntPort: 8490,
      keyHash: hashApiKey('a key'),
    });
    const config = parseConfig(text, { source: 'demo', env: {}, readSecret: () => '', kinds: GATEWAY_KINDS });
    expect(Object.keys(config.gateways)).toEqual([...DEMO_GATEWAYS]);
    expect(config.redis).toMatchObject({ url: 'redis://:p%22w@127.0.0.1:7000', prefix: 'pabal-demo-1' });
    expect(config.api).toMatchObject({ port: 0, keys: [{ name: 'demo' }] });
    expect(config.board.port).toBe(0);
    expect(config.gateways.hellovision?.config).toMatchObject({ bindEncode: '1', encode: '9' });
    expect(config.gateways.smtnt?.config).toMatchObject({ crypto: { mode: 'plain' } });
  });
});
