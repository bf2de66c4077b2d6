import { describe, expect, it } from '@jest/globals';
import { fateKeys, type Store } from '@pabal/fate';
import type { JobEnd, PulledJob } from '@pabal/queues';
import { FakeClock } from '@pabal/session';
import { BATCH_TURN_MS, MAX_BATCHES } from './batch.js';
import { BatchRun } from './batch-run.js';
import { LOOK_AGAIN_MS } from './rest.js';

interface Options {
  readonly members?: number;
  readonly wanted?: number;
  readonly batches?: number;
  readonly standings?: readonly string[];
}

/** Lets everything that is ready go on. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

/** One turn of a batch, whose members a test ends. */
function play({ members = 5, wanted = 2, batches = 1, standings }: Options = {}) {
  const clock = new FakeClock();
  const job: PulledJob = {
    queue: 'send-default-sms',
    id: 'b-1',
    name: 'batch',
    data: {},
    token: 'lock',
    enqueuedAt: 0,
  };
  const all = Array.from({ length: members }, (_, member) => ({
    ...job,
    data: { id: `m-${member}` },
    member,
  }));
  const lock = { holder: 'lock' };
  const steps: string[] = [];
  const keys = fateKeys('pabal');
  const store = {
    keys,
    fleetNow: () => 0,
    persist: async (_step: unknown, _keys: unknown, args: readonly unknown[]) => {
      // Opening names the prefix before the job.
      const opens = args[0] === 'pabal';
      steps.push(opens ? 'open' : 'close');
      return opens ? (standings ?? all.map(() => 'fresh')) : [];
    },
    keepTrying: (operation: () => Promise<unknown>) => operation(),
    redis: { get: async () => lock.holder },
  } as unknown as Store;
  const inHand = new Map<number, (end: JobEnd) => void>();
  const taken: (readonly [number, boolean])[] = [];
  const source = {
    queue: { kind: 'send', route: 'default', channel: 'sms' } as const,
    closing: false,
    wanted,
    batches,
  };
  let withdrawn = 0;
  const run = new BatchRun(job, all, {
    member: { store, clock, log: { debug() {}, info() {}, warn() {}, error() {} } },
    source,
    take: ({ member = -1 }, _source, known) => {
      taken.push([member, known]);
      return new Promise<JobEnd>((resolve) => inHand.set(member, resolve));
    },
    withdraw: () => {
      withdrawn++;
    },
  });
  let ended: JobEnd | undefined;
  void run.run().then((end) => {
    ended = end;
  });
  return {
    clock,
    source,
    lock,
    steps,
    taken,
    inHand: () => [...inHand.keys()],
    withdrawn: () => withdrawn,
    ended: () => ended,
    end: async (member: number, end: JobEnd = { kind: 'done' }) => {
      const resolve = inHand.get(member);
      inHand.delete(member);
      resolve?.(end);
      await settle();
    },
    pass: async (ms: number) => {
      clock.advance(ms);
      await settle();
    },
  };
}

describe('a turn of a batch', () => {
  it('has its share of members in hand, and the next one when one ended', async () => {
    const turn = play();
    await settle();
    expect(turn.inHand()).toEqual([0, 1]);
    await turn.end(0);
    expect(turn.inHand()).toEqual([1, 2]);
    for (const member of [1, 2, 3]) await turn.end(member);
    expect(turn.ended()).toBeUndefined();
    await turn.end(4, { kind: 'failed', why: 'invalid-message' });
    expect(turn.ended()).toEqual({ kind: 'done' });
    expect(turn.steps).toEqual(['open', 'close']);
  });

  it('leaves out what is over, and says of the others whether they have a record', async () => {
    const turn = play({ members: 3, wanted: 9, standings: ['over', 'known', 'fresh'] });
    await settle();
    expect(turn.taken).toEqual([
      [1, true],
      [2, false],
    ]);
  });

  it('is done at once when everything is over', async () => {
    const turn = play({ members: 2, standings: ['over', 'over'] });
    await settle();
    expect(turn.ended()).toEqual({ kind: 'done' });
  });

  it('goes on after its second when it has the queue for itself', async () => {
    const turn = play();
    await settle();
    await turn.pass(BATCH_TURN_MS + 50);
    expect(turn.withdrawn()).toBe(0);
    await turn.end(0);
    expect(turn.inHand()).toEqual([1, 2]);
  });

  it('ends after its second beside others: nothing more is taken, and it goes once nothing is in hand', async () => {
    const turn = play({ wanted: 8, batches: MAX_BATCHES });
    await settle();
    expect(turn.inHand()).toEqual([0, 1]);
    await turn.pass(BATCH_TURN_MS);
    expect(turn.withdrawn()).toBe(1);
    await turn.end(0, { kind: 'handBack' });
    expect(turn.ended()).toBeUndefined();
    await turn.end(1);
    expect(turn.ended()).toMatchObject({ kind: 'delayed' });
    expect(turn.taken).toHaveLength(2);
    expect(turn.steps).toEqual(['open']);
  });

  it('is handed back when its queue is left', async () => {
    const turn = play();
    await settle();
    turn.source.closing = true;
    await turn.end(0);
    expect(turn.inHand()).toEqual([1]);
    await turn.end(1, { kind: 'handBack' });
    expect(turn.ended()).toEqual({ kind: 'handBack' });
  });

  it('takes a member again that another job of the same message held up, as one with a record', async () => {
    const turn = play({ members: 1 });
    await settle();
    await turn.end(0, { kind: 'delayed', until: Date.now() + 500 });
    expect(turn.inHand()).toEqual([]);
    await turn.pass(400);
    expect(turn.inHand()).toEqual([]);
    await turn.pass(200);
    expect(turn.taken.at(-1)).toEqual([0, true]);
    await turn.end(0);
    expect(turn.ended()).toEqual({ kind: 'done' });
  });

  it('stops when its lock is lost, whatever it waited for, and not for one member that broke', async () => {
    const turn = play({ members: 3 });
    await settle();
    await turn.end(0, { kind: 'lost' });
    expect(turn.withdrawn()).toBe(0);
    expect(turn.inHand()).toEqual([1, 2]);
    turn.lock.holder = 'another worker';
    await turn.end(1, { kind: 'lost' });
    expect(turn.withdrawn()).toBe(1);
    await turn.end(2);
    expect(turn.ended()).toEqual({ kind: 'lost' });
  });

  it('goes back when nobody here can carry a member any more', async () => {
    const turn = play({ members: 2 });
    await settle();
    const before = Date.now();
    await turn.end(0, { kind: 'handBack' });
    expect(turn.withdrawn()).toBe(1);
    await turn.end(1, { kind: 'handBack' });
    const end = turn.ended();
    expect(end?.kind).toBe('delayed');
    expect(end?.kind === 'delayed' && end.until - before).toBeGreaterThanOrEqual(LOOK_AGAIN_MS);
  });
});
