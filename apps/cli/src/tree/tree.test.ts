import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '@pabal/session';
import { jsonLine, readableLine } from './log-line.js';
import { nextRestart } from './restart.js';
import { type Child, type ChildEnd, type ChildSpec, Tree } from './tree.js';

class FakeChild implements Child {
  readonly pid = 1;
  readonly signals: string[] = [];
  end: (end: ChildEnd) => void = () => {};
  readonly ended = new Promise<ChildEnd>((resolve) => {
    this.end = resolve;
  });
  kill(signal: 'SIGTERM' | 'SIGKILL'): void {
    this.signals.push(signal);
  }
}

const ticks = async () => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};

function grow() {
  const specs: ChildSpec[] = [
    { name: 'receiver', args: ['receiver'], stopOrder: 2 },
    { name: 'sender', args: ['sender'], stopOrder: 1 },
  ];
  const clock = new FakeClock();
  const said: string[] = [];
  const started: { name: string; child: FakeChild }[] = [];
  const tree = new Tree({
    specs,
    clock,
    stopLimitMs: 5_000,
    say: (line) => said.push(line),
    start: ({ name }) => {
      const child = new FakeChild();
      started.push({ name, child });
      return child;
    },
  });
  const child = (index: number) => {
    const found = started[index];
    if (!found) throw new Error(`nothing was started ${index + 1} times`);
    return found.child;
  };
  return { tree, clock, said, started, child };
}

describe('a process tree', () => {
  it('starts again what died, after a while, and says so', async () => {
    const { tree, clock, said, started, child } = grow();
    tree.start();
    child(1).end({ code: null, signal: 'SIGKILL' });
    await ticks();
    expect(said).toContain('sender ended (by SIGKILL); it starts again in 1 s');
    expect(started).toHaveLength(2);
    clock.advance(1_000);
    expect(started.map(({ name }) => name)).toEqual(['receiver', 'sender', 'sender']);
  });

  it('stops in order: the next group only when the one before has ended', async () => {
    const { tree, child } = grow();
    tree.start();
    const stopped = tree.stop();
    expect([child(0).signals, child(1).signals]).toEqual([[], ['SIGTERM']]);
    child(1).end({ code: 0, signal: null });
    await ticks();
    expect(child(0).signals).toEqual(['SIGTERM']);
    child(0).end({ code: 0, signal: null });
    expect(await stopped).toBe(true);
  });

  it('kills a child that does not stop in time, and does not call that a good end', async () => {
    const { tree, clock, child } = grow();
    tree.start();
    const stopped = tree.stop();
    clock.advance(5_000);
    expect(child(1).signals).toEqual(['SIGTERM', 'SIGKILL']);
    child(1).end({ code: null, signal: 'SIGKILL' });
    await ticks();
    child(0).end({ code: 0, signal: null });
    expect(await stopped).toBe(false);
  });

  it('starts nothing any more once it is stopping', async () => {
    const { tree, clock, started, child } = grow();
    tree.start();
    child(1).end({ code: 1, signal: null });
    await ticks();
    const stopped = tree.stop();
    child(0).end({ code: 0, signal: null });
    await stopped;
    clock.advance(60_000);
    expect(started).toHaveLength(2);
    expect(clock.armed).toBe(0);
  });
});

describe('the wait before a restart', () => {
  it.each([
    [0, 0, 1, 1_000],
    [1, 500, 2, 2_000],
    [4, 500, 5, 16_000],
    [9, 500, 10, 30_000],
    [9, 60_000, 1, 1_000],
  ])('after %i deaths in a row and a life of %i ms', (deaths, lived, next, delayMs) => {
    expect(nextRestart(deaths, lived)).toEqual({ deaths: next, delayMs });
  });
});

describe("a child's line", () => {
  const line = JSON.stringify({
    level: 'warn',
    time: '2026-01-02T03:04:05.678Z',
    pid: 1,
    hostname: 'h',
    name: 'sender',
    gateway: 'smtnt',
    n: 2,
    msg: 'session.changed',
  });

  it('is readable: time, child, level, event, fields', () => {
    expect(readableLine('sender-1', line)).toMatch(
      /^\d\d:\d\d:05\.678 {2}sender-1 {2}warn {2}session\.changed {2}gateway=smtnt {2}n=2$/,
    );
  });

  it('is shown as it is when it is no log line, control characters aside', () => {
    expect(readableLine('sender-1', '\x1b[1mboom {')).toBe('sender-1  ?[1mboom {');
  });

  it('keeps its fields as JSON, with the name of the process', () => {
    expect(JSON.parse(jsonLine('sender-1', line))).toMatchObject({
      process: 'sender-1',
      msg: 'session.changed',
      n: 2,
    });
    expect(JSON.parse(jsonLine('sender-1', 'boom'))).toEqual({ process: 'sender-1', msg: 'boom' });
  });
});
