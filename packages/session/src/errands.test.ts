import { describe, expect, it } from '@jest/globals';
import { FakeClock } from './clock.js';
import { type ErrandSteps, Errands, type ErrandsHooks } from './errands.js';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** Asks by one word and gives back the code of the answer. */
function* ask(word: string): ErrandSteps<string | undefined> {
  const answer = yield { bytes: bytes(word), awaits: 'got' };
  return answer?.code;
}

/** Writes words without waiting for any answer. */
function* tell(...words: string[]): ErrandSteps<string> {
  for (const word of words) yield { bytes: bytes(word) };
  return 'told';
}

function open(change: Partial<ErrandsHooks> = {}) {
  const clock = new FakeClock();
  const written: string[] = [];
  const logged: string[] = [];
  const state = { flushed: true, reserved: false, paused: false };
  const givenUp: string[] = [];
  const quietLog = (): void => undefined;
  const errands = new Errands(clock, 10_000, {
    may: () => 'yes',
    isFlushed: () => state.flushed,
    isReserved: () => state.reserved,
    isPaused: () => state.paused,
    write: (each) => void written.push(Buffer.from(each).toString('latin1')),
    giveUp: (reason) => void givenUp.push(reason),
    log: {
      debug: quietLog,
      info: quietLog,
      warn: quietLog,
      error: (_fields, event) => void logged.push(event),
    },
    ...change,
  });
  return { clock, written, logged, state, errands, givenUp };
}

describe('an errand', () => {
  it('writes a step, waits for its answer, and gives its result with the login it went through on', async () => {
    const { errands, written, clock } = open();
    const outcome = errands.run('login-1', () => ask('name?'));
    expect(written).toEqual(['name?']);
    expect(errands.size).toBe(1);
    errands.answered({ topic: 'got', code: '0' });
    await expect(outcome).resolves.toEqual({ kind: 'done', result: '0', sessionId: 'login-1' });
    expect(errands.size).toBe(0);
    expect(clock.armed).toBe(0);
  });

  it('counts what it wrote until an answer, or the end of the connection, says that nothing of it is on its way', () => {
    const { errands, clock } = open();
    void errands.run('login-1', () => ask('name?'));
    expect(errands.unansweredBytes).toBe(5);
    errands.answered({ topic: 'other', code: '0' });
    expect(errands.unansweredBytes).toBe(5);
    errands.answered({ topic: 'got', code: '0' });
    expect(errands.unansweredBytes).toBe(0);
    void errands.run('login-1', () => tell('ab', 'cde'));
    clock.advance(1);
    clock.advance(1);
    expect(errands.unansweredBytes).toBe(5);
    errands.abandon('connection-lost');
    expect(errands.unansweredBytes).toBe(0);
  });

  it('writes steps without answers a turn apart, never two in one', async () => {
    const { errands, written, clock } = open();
    const outcome = errands.run('login-1', () => tell('a', 'b', 'c'));
    expect(written).toEqual(['a']);
    clock.advance(0.5);
    expect(written).toEqual(['a']);
    clock.advance(0.5);
    expect(written).toEqual(['a', 'b']);
    clock.advance(1);
    expect(written).toEqual(['a', 'b', 'c']);
    await expect(outcome).resolves.toMatchObject({ result: 'told' });
  });

  it('waits for those before it, and starts only when its turn comes', async () => {
    const { errands, written, clock } = open();
    const started: string[] = [];
    const named = (word: string) => () => {
      started.push(word);
      return ask(word);
    };
    const first = errands.run('s', named('a'));
    void errands.run('s', named('b'));
    expect([written, started]).toEqual([['a'], ['a']]);
    errands.answered({ topic: 'got', code: '1' });
    await expect(first).resolves.toMatchObject({ result: '1' });
    clock.advance(1);
    expect([written, started]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('may wait for another answer without writing', async () => {
    const { errands, written } = open();
    const outcome = errands.run('s', function* (): ErrandSteps<string | undefined> {
      yield { bytes: bytes('a'), awaits: 'got' };
      return (yield { awaits: 'got' })?.value;
    });
    errands.answered({ topic: 'got', code: '0', value: 'first' });
    errands.answered({ topic: 'got', code: '0', value: 'second' });
    await expect(outcome).resolves.toMatchObject({ result: 'second' });
    expect(written).toEqual(['a']);
  });

  it('counts an answer that nobody waits for, and one of another topic', () => {
    const { errands } = open();
    errands.answered({ topic: 'got', code: '0' });
    void errands.run('s', () => ask('a'));
    errands.answered({ topic: 'other', code: '0' });
    expect(errands.unasked).toBe(2);
    expect(errands.size).toBe(1);
  });
});

describe('an errand and the submits beside it', () => {
  it('writes nothing while bytes of ours wait, and goes on when there is room', () => {
    const { errands, written, state, clock } = open();
    state.flushed = false;
    void errands.run('s', () => tell('a', 'b'));
    clock.advance(60_000);
    expect(written).toEqual([]);
    state.flushed = true;
    errands.room();
    clock.advance(1);
    expect(written).toEqual(['a']);
  });

  it('lets a submit that has a place go first where the link is slow, for 50 ms at most', () => {
    const { errands, written, state, clock } = open();
    state.flushed = false;
    state.reserved = true;
    void errands.run('s', () => tell('a', 'b'));
    state.flushed = true;
    errands.room();
    clock.advance(49);
    expect(written).toEqual([]);
    clock.advance(1);
    expect(written).toEqual(['a']);
  });

  it('goes on as soon as the place on a slow link is used', () => {
    const { errands, written, state, clock } = open();
    state.flushed = false;
    state.reserved = true;
    void errands.run('s', () => tell('a'));
    state.flushed = true;
    errands.room();
    clock.advance(10);
    state.reserved = false;
    errands.room();
    expect(written).toEqual(['a']);
  });

  it('waits for no place where the link takes everything at once', () => {
    const { errands, written, state, clock } = open();
    state.reserved = true;
    void errands.run('s', () => tell('a', 'b', 'c'));
    clock.advance(2);
    expect(written).toEqual(['a', 'b', 'c']);
  });
});

describe('an errand that cannot go on', () => {
  it.each(['not-ready', 'not-owner'] as const)(
    'ends %s before its next byte, with all behind it',
    async (why) => {
      let may: 'yes' | typeof why = 'yes';
      const { errands, written, clock } = open({ may: () => may });
      const outcomes = [errands.run('s', () => tell('a', 'b')), errands.run('s', () => ask('c'))];
      may = why;
      clock.advance(5);
      const abandoned = { kind: 'abandoned', why };
      await expect(Promise.all(outcomes)).resolves.toEqual([abandoned, abandoned]);
      expect(written).toEqual(['a']);
      expect(clock.armed).toBe(0);
    },
  );

  it('ends with the connection, and leaves no timer', async () => {
    const { errands, clock } = open();
    const outcome = errands.run('s', () => ask('a'));
    errands.abandon('connection-lost');
    await expect(outcome).resolves.toEqual({ kind: 'abandoned', why: 'connection-lost' });
    expect([clock.armed, errands.size]).toEqual([0, 0]);
  });

  it('ends when its answer is overdue, and gives the connection up', async () => {
    const { errands, clock, givenUp } = open();
    const outcomes = [errands.run('s', () => ask('a')), errands.run('s', () => ask('b'))];
    clock.advance(9999);
    expect(givenUp).toEqual([]);
    clock.advance(1);
    expect(givenUp).toEqual(['answer-timeout']);
    const late = { kind: 'abandoned', why: 'answer-timeout' };
    await expect(Promise.all(outcomes)).resolves.toEqual([late, late]);
  });

  it('calls no answer late that could not be read', () => {
    const { errands, clock, state, givenUp } = open();
    state.paused = true;
    void errands.run('s', () => ask('a'));
    clock.advance(10_500);
    state.paused = false;
    expect(givenUp).toEqual([]);
    clock.advance(500);
    expect(givenUp).toEqual(['answer-timeout']);
  });

  it('ends alone when its own steps throw; the next goes on', async () => {
    const { errands, written, logged, givenUp } = open();
    const failing = errands.run('s', (): ErrandSteps<void> => {
      throw new TypeError('a mistake of ours');
    });
    void errands.run('s', () => ask('b'));
    await expect(failing).resolves.toEqual({ kind: 'abandoned', why: 'failed' });
    expect(logged).toEqual(['errand.failed']);
    expect(written).toEqual(['b']);
    expect(givenUp).toEqual([]);
  });

  it('takes its connection along when its steps throw in its midst: its rest would be missing', async () => {
    const { errands, clock, givenUp } = open();
    const failing = errands.run('s', function* (): ErrandSteps<void> {
      yield { bytes: bytes('a') };
      throw new TypeError('a mistake of ours');
    });
    clock.advance(1);
    await expect(failing).resolves.toEqual({ kind: 'abandoned', why: 'failed' });
    expect(givenUp).toEqual(['errand-failed']);
  });
});
