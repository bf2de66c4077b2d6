import { describe, expect, it } from '@jest/globals';
import type { FleetBenchOptions } from './options.js';
import { fleetReport, reportLines } from './report.js';
import type { RoundFigures } from './round.js';

const options: FleetBenchOptions = {
  messages: 1_000,
  senders: 2,
  rounds: 2,
  durability: 'fsync',
  gateways: ['lghv'],
  textBytes: 80,
  seed: 1,
  grant: 20_000,
  batches: false,
  memory: false,
  json: false,
};

const machine = {
  cores: 4,
  model: 'a CPU',
  node: '22.1.0',
  redis: '7.4.0',
  redisArguments: ['--appendonly', 'yes'],
  load: [0.5, 2.5] as const,
};

function round(path: RoundFigures['path'], perSecond: number, cpu: Record<string, number>): RoundFigures {
  const pace = { perSecond, steadyPerSecond: perSecond * 2, p50Ms: 10, p99Ms: 30 };
  return { path, pace, cpu, commands: {}, jobBytes: 227 };
}

const rounds = [
  round('fleet', 1_000, {
    redis: 200,
    producer: 50,
    sender: 250,
    receiver: 100,
    consumer: 100,
    simulator: 70,
  }),
  round('bare', 4_000, { redis: 100, producer: 30, forwarder: 90, consumer: 80 }),
  round('fleet', 2_000, {
    redis: 300,
    producer: 50,
    sender: 350,
    receiver: 100,
    consumer: 100,
    simulator: 90,
  }),
  round('bare', 6_000, { redis: 100, producer: 30, forwarder: 90, consumer: 80 }),
];

describe('fleetReport', () => {
  it('takes medians of each path by itself, and the ratio of the two', () => {
    const { fleet, bare, ratio } = fleetReport(options, machine, rounds);
    expect(fleet).toMatchObject({ perSecond: 1_500, steadyPerSecond: 3_000, p50Ms: 10 });
    expect(bare.perSecond).toBe(5_000);
    expect(ratio).toEqual({ perSecond: 0.3, redisCpu: 2.5, cpuTogether: 800 / 300 });
  });

  it("leaves the simulators out of the fleet's CPU, and tells theirs apart", () => {
    const { fleet } = fleetReport(options, machine, rounds);
    expect(fleet.cpu).toEqual({ redis: 250, producer: 50, sender: 300, receiver: 100, consumer: 100 });
    expect(fleet.cpuTogether).toBe(800);
    expect(fleet.simulatorCpu).toBe(80);
  });
});

describe('reportLines', () => {
  const lines = reportLines(fleetReport(options, machine, rounds));

  it('says what was measured, on what, and how durable it was', () => {
    const text = lines.join('\n');
    for (const part of [
      '4 cores (a CPU)',
      'Node 22.1.0',
      'Redis 7.4.0',
      'durability fsync: --appendonly yes',
      '227 bytes',
    ])
      expect(text).toContain(part);
    expect(lines.at(-1)).toContain('Ratios and CPU a message hold better');
  });

  it('shows both paths and their ratio in one row, and a process that one of them lacks as a dash', () => {
    expect(lines).toContainEqual(expect.stringMatching(/^messages a second.* 1,500 +5,000 +0\.30$/));
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}sender × 2 +300 +-$/));
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}forwarder × 3 +- +90$/));
  });

  it('shows batches between the two where they were measured, each beside the bare path', () => {
    const batched = round('batches', 3_000, { redis: 90, producer: 20, sender: 200, simulator: 70 });
    const report = fleetReport(options, machine, [...rounds, batched]);
    expect(report.batches).toMatchObject({ perSecond: 3_000, cpuTogether: 310, simulatorCpu: 70 });
    const shown = reportLines(report);
    expect(shown).toContainEqual(
      expect.stringMatching(/in batches +bare BullMQ +fleet\/bare +batches\/bare$/),
    );
    expect(shown).toContainEqual(
      expect.stringMatching(/^messages a second.* 1,500 +3,000 +5,000 +0\.30 +0\.60$/),
    );
  });

  it('speaks of a backlog only where everything was put in at once', () => {
    const backlog = (command: FleetBenchOptions) =>
      reportLines(fleetReport(command, machine, rounds)).some((line) => line.includes('backlog'));
    expect(backlog(options)).toBe(true);
    expect(backlog({ ...options, ratePerSecond: 100 })).toBe(false);
  });

  it('adds the memory of a message in each state where it was measured', () => {
    const memory = { messages: 20_000, waiting: 708.4, pending: 613, resultWaiting: 1_899, settled: 755 };
    const shown = reportLines(fleetReport(options, machine, rounds, memory)).join('\n');
    expect(shown).toMatch(/waiting in its queue +708\n/);
    expect(shown).toMatch(/settled, its result waiting +1,899\n/);
  });
});
