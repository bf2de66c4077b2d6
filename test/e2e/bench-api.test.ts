import { describe, expect, it } from '@jest/globals';
import { Child } from '../support/index.js';
import { PABAL } from '../support/paths.js';

interface Way {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMicros: number;
}

interface Report {
  readonly ways: Readonly<Record<string, Way>>;
  readonly rounds: readonly unknown[];
}

describe('pabal bench api', () => {
  it('measures both ways over HTTP and both with BullMQ alone, and prints one JSON object', async () => {
    const flags = ['--requests', '200', '--messages', '600', '--bulk', '100', '--rounds', '1', '--json'];
    const child = new Child('bench', process.execPath, [PABAL, 'bench', 'api', ...flags]);
    const line = await child.line(/^\{/, 100_000);
    expect(await child.exited).toBe(0);
    const report = JSON.parse(line) as Report;
    expect(Object.keys(report.ways)).toEqual(['single', 'bulk', 'bareSingle', 'bareBulk']);
    for (const { perSecond, p50Ms, p99Ms, cpuMicros } of Object.values(report.ways)) {
      for (const figure of [perSecond, p50Ms, cpuMicros]) expect(figure).toBeGreaterThan(0);
      expect(p99Ms).toBeGreaterThanOrEqual(p50Ms);
    }
    expect(report.rounds).toHaveLength(4);
  });
});
