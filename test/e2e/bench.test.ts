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
  it.concurrent('measures both paths and prints one JSON object', async () => {
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

/** Runs a benchmark to its end; answers its JSON and exit code. */
async function bench(...words: string[]): Promise<{ report: Record<string, unknown>; code: unknown }> {
  const child = new Child('bench', process.execPath, [PABAL, 'bench', ...words, '--json']);
  const line = await child.line(/^\{/, 100_000);
  return { report: JSON.parse(line) as Record<string, unknown>, code: await child.exited };
}

describe('pabal bench urgent', () => {
  it.concurrent('tells how soon urgent messages were on the wire, without and behind a backlog', async () => {
    const flags = ['--waiting', '1000', '--backlog', 'batches', '--grant', '60', '--seconds', '2'];
    const { report, code } = await bench('urgent', ...flags);
    expect(report.rows).toMatchObject([
      { backlog: 'none', load: 'half', waiting: 0, urgent: 60 },
      { backlog: 'none', load: 'full', waiting: 0, urgent: 118 },
      { backlog: 'batches', load: 'half', urgent: 60 },
      { backlog: 'batches', load: 'full', urgent: 118 },
    ]);
    for (const row of report.rows as { p50Ms: number; maxMs: number; senderBytes: number }[]) {
      expect(row.p50Ms).toBeGreaterThan(0);
      expect(row.maxMs).toBeGreaterThanOrEqual(row.p50Ms);
      expect(row.senderBytes).toBeGreaterThan(0);
    }
    expect(code).toBe(0);
  });
});

describe('pabal bench rates', () => {
  // The last one, when those that run beside each other are over: it is broken when its rate is.
  it('tells of each run how the grant was kept and used', async () => {
    const flags = ['--gateway', 'smtnt', '--grant', '50', '--ack-delay', '0,300', '--seconds', '3'];
    const { report, code } = await bench('rates', ...flags, '--phase', 'steady');
    const run = { gateway: 'smtnt', agent: 'S1', grant: 50, happening: 'steady', submits: 150, broken: [] };
    expect(report.rows).toMatchObject([
      { ...run, ackDelayMs: 0 },
      { ...run, ackDelayMs: 300 },
    ]);
    expect(code).toBe(0);
  });
});
