import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { StoreUnavailable } from '@pabal/fate';
import type { JobEnd } from '@pabal/queues';
import type { FakeClock, SubmitOutcome } from '@pabal/session';
import { quiet } from '@pabal/session/testing';
import { AccountBurst } from './account-burst.js';
import { CLAIM_FRESH_MS } from './claim-fresh.js';
import type { Dispatcher } from './dispatcher.js';
import { LOOK_AGAIN_MS, STORE_RETRY_MS } from './rest.js';
import { type Answers, DispatchWorld, type FakeLine, type Step } from './testing/dispatch-world.js';
import { type TestEntryOptions, testEntry } from './testing/entries.js';

/** What goes when, and over which line. What the steps do in Redis is tested there; here they answer as a test says. */

let world: DispatchWorld;
let clock: FakeClock;
let steps: Step[];
let answers: Answers;
let dispatcher: Dispatcher;
let ends: [string, JobEnd][];

const TOKEN = 4; // place of the claim token among the arguments of a claim

beforeEach(() => {
  world = new DispatchWorld();
  ({ clock, steps, answers, dispatcher, ends } = world);
});
afterEach(() => {
  jest.restoreAllMocks();
});

const addLine = (gateway: string, change?: Parameters<DispatchWorld['addLine']>[1]): FakeLine =>
  world.addLine(gateway, change);
const add = (id: string, options?: TestEntryOptions) => world.add(id, options);
const names = () => world.names;

describe('the dispatcher', () => {
  it('claims, writes and stores the acceptance, then ends the job', async () => {
    const line = addLine('alpha');
    add('a');
    await quiet();
    expect(names()).toEqual(['claim', 'accept']);
    expect(line.written).toEqual(['a']);
    expect(ends).toEqual([['a', { kind: 'done' }]]);
    expect(dispatcher.held).toEqual({ waiting: 0, inFlight: 0 });
    await dispatcher.idle();
  });

  it('offers by rank, urgent before normal before bulk, whenever a place comes', async () => {
    const line = addLine('alpha', { places: 0 });
    add('bulk', { priority: 'bulk' });
    add('normal');
    add('to', { queue: { kind: 'to', gateway: 'alpha', channel: 'sms' }, gateways: ['alpha'] });
    add('urgent', { queue: { kind: 'urgent', route: 'default', channel: 'sms' } });
    add('to-urgent', { queue: { kind: 'to-urgent', gateway: 'alpha', channel: 'sms' }, gateways: ['alpha'] });
    for (let i = 0; i < 5; i++) {
      line.places = 1;
      dispatcher.lineChanged(line.dispatch.line);
      await quiet();
    }
    expect(line.written).toEqual(['to-urgent', 'urgent', 'to', 'normal', 'bulk']);
  });

  it('misses no place that comes while it looks, nor a message whose rest ends then', async () => {
    for (let offset = 0; offset < 0.4; offset += 0.002) {
      const moving = new DispatchWorld();
      const standing = moving.clock.now.bind(moving.clock);
      let readings = 0;
      jest.spyOn(moving.clock, 'now').mockImplementation(() => standing() + ++readings * 0.01);
      const line = moving.addLine('alpha', { places: 3 });
      // A claim of 10 ms: from now on places are reserved ahead.
      let asked = 0;
      const reading = jest.spyOn(performance, 'now').mockImplementation(() => asked);
      moving.answers.claim = () => {
        asked = 10;
        return ['claimed', 0, 0, 1];
      };
      moving.add('first');
      await quiet();
      delete moving.answers.claim;
      reading.mockRestore();
      line.placesAt = moving.clock.now() + 20 + offset;
      moving.add('a', { to: '01000000001' });
      moving.add('b', { to: '01000000001' }); // rests while the other one is chosen
      for (let ms = 0; ms < 60; ms++) {
        moving.clock.advance(1);
        await quiet();
      }
      expect([offset, line.written]).toEqual([offset, ['first', 'a', 'b']]);
    }
  });

  it('lets the queues of one rank take turns', async () => {
    const line = addLine('alpha', { places: 0 });
    for (const route of ['default', 'other'])
      for (const n of [1, 2]) add(`${route}-${n}`, { queue: { kind: 'send', route, channel: 'sms' } });
    line.places = 4;
    dispatcher.lineChanged(line.dispatch.line);
    await quiet();
    expect(line.written).toEqual(['default-1', 'other-1', 'default-2', 'other-2']);
  });

  it('asks the line first that is least busy', async () => {
    const busy = addLine('alpha');
    busy.written.push('earlier');
    const idle = addLine('beta');
    add('a');
    await quiet();
    expect([busy.written, idle.written]).toEqual([['earlier'], ['a']]);
  });

  it('gives a message to no gateway that cannot carry it, and lets others pass', async () => {
    const line = addLine('alpha');
    add('for-beta', { gateways: ['beta', 'gamma'] });
    add('for-both');
    await quiet();
    expect(line.written).toEqual(['for-both']);
    expect(dispatcher.held.waiting).toBe(1);
  });

  it('claims nothing while claims are closed, and goes on soon after they open', async () => {
    const line = addLine('alpha');
    world.claimsOpen = false;
    add('a');
    await quiet();
    expect(steps).toEqual([]);
    world.claimsOpen = true;
    clock.advance(STORE_RETRY_MS);
    await quiet();
    expect(line.written).toEqual(['a']);
  });

  it('writes nothing on a claim that took too long, and claims again with the same token', async () => {
    const line = addLine('alpha');
    const now = performance.now.bind(performance);
    let late = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => now() + late);
    answers.claim = () => {
      if (steps.length === 1) late = CLAIM_FRESH_MS + 1;
      expect(line.written).toEqual([]);
      return ['claimed', 1, 1, 1];
    };
    add('a');
    await quiet();
    expect(names()).toEqual(['claim', 'claim', 'accept']);
    expect(steps[0]?.args[TOKEN]).toBe(steps[1]?.args[TOKEN]);
    expect(line.written).toEqual(['a']);
  });

  it('writes nothing without an answer to its claim, and takes the claim back before it lets go', async () => {
    const line = addLine('alpha');
    answers.claim = () => {
      throw new StoreUnavailable('the connection was lost');
    };
    add('a');
    await quiet();
    expect([line.written, line.reserved, line.places]).toEqual([[], 0, 10]);
    expect(dispatcher.held.waiting).toBe(1);
    dispatcher.handBack((queue) => queue === 'send-default-sms');
    await quiet();
    expect(names()).toEqual(['claim', 'requeue']);
    expect(ends).toEqual([['a', { kind: 'handBack' }]]);
  });

  describe('told by a claim that the account has written to a recipient often enough', () => {
    const to = '01099998888';
    const limits = { limit: 3, windowMs: 5_000 };
    let burst: AccountBurst;
    let line: FakeLine;

    beforeEach(() => {
      burst = new AccountBurst(clock, limits, 0);
      line = addLine('alpha', { burst });
    });

    it('asks once for all that waits for that recipient, and lets others pass', async () => {
      answers.claim = () => (steps.length === 1 ? ['recipientBusy', 900] : ['claimed', 1, 1, 1]);
      add('a', { to });
      await quiet();
      expect([line.reserved, line.places]).toEqual([0, 10]);
      add('b', { to });
      add('c', { to });
      add('other');
      await quiet();
      expect(line.written).toEqual(['other']);
      expect(names()).toEqual(['claim', 'claim', 'accept']);
      clock.advance(899);
      await quiet();
      expect(line.written).toEqual(['other']);
      // One after the other: the next is looked at once the claim before it was written upon.
      for (let ms = 0; ms < 50; ms++) {
        clock.advance(1);
        await quiet();
      }
      expect(line.written.slice(1).sort()).toEqual(['a', 'b', 'c']);
      expect(names().filter((name) => name === 'claim')).toHaveLength(5);
    });

    it('tells the other lines of the account as well', async () => {
      const second = addLine('alpha', { burst });
      answers.claim = () => ['recipientBusy', 900];
      add('a', { to });
      await quiet();
      line.places = 0;
      add('b', { to });
      await quiet();
      expect([names(), second.written]).toEqual([['claim'], []]);
    });

    it('lets only the probe wait that needs a longer rest', async () => {
      answers.probe = () => ['recipientBusy', 9_000];
      const entry = testEntry({ id: 'asked', to });
      entry.probe = { gateway: 'alpha', account: 'demo', wireId: '1', claimedAt: 0 };
      dispatcher.add(entry);
      add('a', { to });
      await quiet();
      clock.advance(LOOK_AGAIN_MS);
      await quiet();
      expect(line.written).toEqual(['a']);
      expect(names()).toEqual(['probe', 'claim', 'accept']);
    });

    it('asks about the recipient by its number, the limit and the rest', async () => {
      add('a', { to });
      await quiet();
      const { limit, windowMs, keepMs } = burst.check(to, false);
      expect(steps[0]?.args.slice(-3)).toEqual([limit, windowMs, keepMs]);
    });
  });

  it('leaves a job alone whose lock is another’s', async () => {
    const line = addLine('alpha');
    answers.claim = () => ['lostLock'];
    add('a');
    await quiet();
    expect([line.written, line.reserved]).toEqual([[], 0]);
    expect(ends).toEqual([['a', { kind: 'lost' }]]);
  });

  it('puts back to its head what was not written, and offers it again', async () => {
    const line = addLine('alpha');
    line.outcome = () =>
      line.written.length === 1 ? { kind: 'notWritten', why: 'buffer' } : { kind: 'accepted', code: '0' };
    add('a');
    await quiet();
    expect(names()).toEqual(['claim', 'requeue', 'claim', 'accept']);
    expect(ends).toEqual([['a', { kind: 'done' }]]);
  });

  it('never has the same message in flight twice', async () => {
    const line = addLine('alpha');
    let accept: (outcome: SubmitOutcome) => void = () => {};
    line.outcome = () =>
      new Promise<SubmitOutcome>((resolve) => {
        accept = resolve;
      }) as unknown as SubmitOutcome;
    add('a');
    await quiet();
    expect(dispatcher.isInFlight('a')).toBe(true);
    add('a', { queue: { kind: 'urgent', route: 'default', channel: 'sms' } });
    await quiet();
    expect(line.written).toEqual(['a']);
    expect(ends).toEqual([['a', { kind: 'delayed', until: expect.any(Number) }]]);
    accept({ kind: 'accepted', code: '0' });
    await quiet();
    expect(ends.at(-1)).toEqual(['a', { kind: 'done' }]);
  });

  it('claims one message to a recipient after the other, since the line counts only what it wrote', async () => {
    addLine('alpha');
    const claims: string[] = [];
    let go: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    answers.claim = ({ args }) => {
      claims.push(String(args[1]));
      return held.then(() => ['claimed', 1, 1, 1]) as unknown as unknown[];
    };
    for (const id of ['a', 'b']) add(id, { to: '01012345678' });
    add('c');
    await quiet();
    expect(claims).toEqual(['a', 'c']);
    go();
    await quiet();
    clock.advance(10);
    await quiet();
    expect(claims).toEqual(['a', 'c', 'b']);
  });

  it('ends the job of a message that was settled before', async () => {
    const line = addLine('alpha');
    answers.claim = () => ['taken', ['s', 'x', 'v', '3', 'r', '["e",0,"e"]']];
    add('a');
    await quiet();
    expect([line.written, ends]).toEqual([[], [['a', { kind: 'done' }]]]);
  });
});

describe('a probe', () => {
  const to = { kind: 'to', gateway: 'alpha', channel: 'sms' } as const;
  function addProbe(id: string, account = 'demo'): void {
    const entry = testEntry({
      id,
      queue: to,
      gateways: ['alpha'],
      onEnd: (end) => void ends.push([id, end]),
    });
    entry.probe = { gateway: 'alpha', account, wireId: '7', claimedAt: clock.now() };
    dispatcher.add(entry);
  }

  it('waits until its account has left the recipient alone for long enough', async () => {
    const line = addLine('alpha', { probeQuietMs: 10_000 });
    addProbe('a');
    await quiet();
    expect(steps).toEqual([]);
    clock.advance(5_000);
    line.lastWriteAt = clock.now();
    clock.advance(9_999);
    await quiet();
    expect(steps).toEqual([]);
    clock.advance(1);
    await quiet();
    expect(names()[0]).toBe('probe');
  });

  it('of a message whose writer took its claim back is a first write again: no other job may be left of it', async () => {
    const line = addLine('alpha');
    const queue = { kind: 'to', gateway: 'alpha', channel: 'sms' } as const;
    const entry = testEntry({
      id: 'a',
      queue,
      gateways: ['alpha'],
      onEnd: (end) => void ends.push(['a', end]),
    });
    entry.probe = { gateway: 'alpha', account: 'demo', wireId: '7', claimedAt: clock.now() };
    answers.probe = () => ['taken', ['s', 'q', 'v', '4', 'n', '2', 'p', '0']];
    dispatcher.add(entry);
    await quiet();
    expect([names(), line.written, ends]).toEqual([['probe'], [], []]);
    clock.advance(LOOK_AGAIN_MS);
    await quiet();
    expect(names()).toEqual(['probe', 'claim', 'accept']);
    expect(steps[1]?.args[6]).toBe(2); // the attempt that the record names
    expect([line.written, ends]).toEqual([['a'], [['a', { kind: 'done' }]]]);
  });

  it('of an account that is not here is let go for a second, and others pass', async () => {
    const line = addLine('alpha', { account: 'mine' });
    addProbe('theirs', 'theirs');
    add('a');
    await quiet();
    expect(line.written).toEqual(['a']);
    const before = Date.now();
    dispatcher.handBackStranded();
    expect(ends.at(-1)).toEqual(['theirs', { kind: 'delayed', until: expect.any(Number) }]);
    const end = ends.at(-1)?.[1];
    expect(end?.kind === 'delayed' && end.until - before).toBeGreaterThanOrEqual(LOOK_AGAIN_MS);
  });
});

describe('handing back', () => {
  it('gives back what waits from the queues that are asked for, and nothing else', async () => {
    addLine('alpha', { places: 0 });
    add('a');
    add('b', { queue: { kind: 'urgent', route: 'default', channel: 'sms' } });
    dispatcher.handBack((queue) => queue.startsWith('urgent-'));
    expect(ends).toEqual([['b', { kind: 'handBack' }]]);
    expect(dispatcher.held.waiting).toBe(1);
  });

  it('gives back what no open line has served for a while, and nothing that one serves', async () => {
    const line = addLine('alpha', { places: 0 });
    add('a');
    dispatcher.handBackUnserved(2_000);
    line.open = false;
    dispatcher.handBackUnserved(2_000);
    clock.advance(1_999);
    dispatcher.handBackUnserved(2_000);
    expect(ends).toEqual([]);
    clock.advance(1);
    dispatcher.handBackUnserved(2_000);
    expect(ends).toEqual([['a', { kind: 'handBack' }]]);
  });

  it('gives back what lost its line to another process', async () => {
    const alpha = addLine('alpha', { places: 0 });
    addLine('beta', { places: 0 });
    add('a', { gateways: ['alpha'] });
    add('both');
    dispatcher.handBackStranded();
    expect(ends).toEqual([]);
    dispatcher.removeLine(alpha.dispatch.line);
    dispatcher.handBackStranded();
    expect(ends).toEqual([['a', { kind: 'handBack' }]]);
    expect(clock.armed).toBe(0);
  });
});
