import { describe, expect, it } from '@jest/globals';
import { AIMS, type ApiRound, apiReportLines, figuresOf, WAYS } from './report.js';

const round = (way: ApiRound['way'], perSecond: number): ApiRound => ({
  way,
  perSecond,
  p50Ms: 1,
  p99Ms: 2,
  cpuMicros: 150,
  redisMicros: 40,
});

describe('the report of bench api', () => {
  it('takes the median of the rounds of each way', () => {
    const rounds = [round('single', 1_000), round('single', 3_000), round('bulk', 9), round('single', 2_000)];
    expect(figuresOf(rounds, 'single').perSecond).toBe(2_000);
  });

  it('says of each aim whether it was met', () => {
    const rounds = [
      round('single', 5_000),
      round('bulk', 20_000),
      round('bareSingle', 1),
      round('bareBulk', 1),
    ];
    const lines = apiReportLines({
      command: {
        requests: 10,
        messages: 10,
        bulk: 1_000,
        connections: 64,
        rounds: 1,
        durability: 'memory',
        textBytes: 80,
        seed: 1,
      },
      machine: { cores: 2, model: 'm', node: '20', redis: '7', load: [0, 0] },
      messageBytes: 200,
      ways: Object.fromEntries(WAYS.map((way) => [way, figuresOf(rounds, way)])) as never,
      aims: AIMS,
      rounds,
    });
    const text = lines.join('\n');
    expect(text).toMatch(/one message a request × 64 +5,000 +4,000 met/);
    expect(text).toMatch(/1000 messages a request +20,000 +25,000 missed/);
  });
});
