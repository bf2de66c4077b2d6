import { describe, expect, it } from '@jest/globals';
import { Child } from '../support/index.js';
import { PABAL } from '../support/paths.js';

interface Path {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly cpu: Readonly<Record<string, number>>;
  readonly cpuTogether: number;
}

interface Report {
  readonly fleet: Path;
  readonly bare: Path;
  readonly ratio: Readonly<Record<string, number>>;
  readonly rounds: readonly unknown[];
}

describe('pabal bench fleet', () => {
  it('measures both paths and prints one JSON object', async () => {
    const flags = ['--messages', '200', '--rounds', '2', '--grant', '1000', '--json'];
    const child = new Child('bench', process.execPath, [PABAL, 'bench', 'fleet', ...flags]);
    const line = await child.line(/^\{/, 100_000);
    expect(await child.exited).toBe(0);
    const report = JSON.parse(line) as Report;
    for (const path of [report.fleet, report.bare]) {
      for (const figure of [path.perSecond, path.p50Ms, path.cpuTogether]) expect(figure).toBeGreaterThan(0);
    }
    expect(Object.keys(report.fleet.cpu).sort()).toEqual([
      'consumer',
      'producer',
      'receiver',
      'redis',
      'sender',
    ]);
    expect(Object.keys(report.bare.cpu).sort()).toEqual(['consumer', 'forwarder', 'producer', 'redis']);
    for (const ratio of Object.values(report.ratio)) expect(ratio).toBeGreaterThan(0);
    expect(report.rounds).toHaveLength(4);
  });
});
