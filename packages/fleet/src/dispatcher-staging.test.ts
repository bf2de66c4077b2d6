import { beforeEach, describe, expect, it } from '@jest/globals';
import type { StageOutcome } from '@pabal/session';
import { quiet } from '@pabal/session/testing';
import { LOOK_AGAIN_MS } from './rest.js';
import { MAX_STAGING } from './staging.js';
import { DispatchWorld, type FakeLine } from './testing/dispatch-world.js';
import { type TestEntryOptions, testEntry, testFile } from './testing/entries.js';

/** Messages with files: they are made ready on a line before they ask for a place. */

let world: DispatchWorld;
beforeEach(() => {
  world = new DispatchWorld();
});

const files = [testFile('image')];
const mms = (id: string, change: TestEntryOptions = {}) =>
  world.add(id, { channel: 'mms', files, ...change });

/** A staging that holds until a test says otherwise. */
function staged(): { readonly outcome: StageOutcome; spoil: () => void } {
  let fresh = true;
  return {
    outcome: { kind: 'staged', staged: { fresh: () => fresh } },
    spoil: () => {
      fresh = false;
    },
  };
}

const refused = (advice: 'retry' | 'wait' | 'alert' | 'giveUp'): StageOutcome => ({
  kind: 'refused',
  code: '300',
  reason: 'file-error',
  advice,
});

async function end(line: FakeLine, outcome: StageOutcome): Promise<void> {
  line.stagings[0]?.end(outcome);
  await quiet();
}

describe('a message with files', () => {
  it('is staged before a place is taken or anything is claimed, and is prepared with what was staged', async () => {
    const line = world.addLine('alpha');
    mms('a');
    await quiet();
    expect(line.stagings.map(({ id, complete }) => [id, complete])).toEqual([['a', false]]);
    expect([world.names, line.reserved, line.places]).toEqual([[], 0, 10]);
    expect(world.dispatcher.held).toEqual({ waiting: 1, inFlight: 0 });
    const { outcome } = staged();
    await end(line, outcome);
    expect(world.names).toEqual(['claim', 'accept']);
    expect(line.attachments).toEqual([{ files, staged: outcome.kind === 'staged' && outcome.staged }]);
    expect(world.ends).toEqual([['a', { kind: 'done' }]]);
  });

  it('goes at once where nothing must be staged', async () => {
    const line = world.addLine('alpha');
    line.stages = false;
    mms('a');
    await quiet();
    expect(line.attachments).toEqual([{ files }]);
  });

  it('holds up nobody meanwhile, not even another message to the same recipient', async () => {
    const line = world.addLine('alpha');
    mms('slow', { to: '01012345678' });
    world.add('sms', { to: '01012345678' });
    world.add('other');
    await quiet();
    expect(line.written).toEqual(['sms', 'other']);
    expect(line.stagings).toHaveLength(1);
  });

  it('goes before those that came later, once it is staged', async () => {
    const line = world.addLine('alpha');
    mms('first');
    await quiet();
    line.places = 0;
    line.stages = false;
    mms('second');
    await end(line, staged().outcome);
    line.places = 1;
    world.dispatcher.lineChanged(line.dispatch.line);
    await quiet();
    expect(line.written).toEqual(['first']);
  });

  it('is staged anew when what was staged holds no longer', async () => {
    const line = world.addLine('alpha');
    mms('a');
    await quiet();
    line.places = 0;
    const first = staged();
    await end(line, first.outcome);
    first.spoil();
    line.places = 1;
    world.dispatcher.lineChanged(line.dispatch.line);
    await quiet();
    expect([line.written, line.stagings.length]).toEqual([[], 1]);
    await end(line, staged().outcome);
    expect(line.written).toEqual(['a']);
  });

  it('that was staged in vain is not staged again in the same moment', async () => {
    const line = world.addLine('alpha');
    mms('a');
    await quiet();
    const vain = staged();
    vain.spoil();
    await end(line, vain.outcome);
    expect(line.stagings).toEqual([]);
    world.clock.advance(LOOK_AGAIN_MS);
    expect(line.stagings).toHaveLength(1);
  });

  it('that its gateway cannot stage now waits as long as it asks', async () => {
    const line = world.addLine('alpha');
    mms('a');
    await quiet();
    await end(line, { kind: 'notNow', why: 'busy', retryMs: 5_000 });
    world.clock.advance(4_999);
    expect(line.stagings).toEqual([]);
    world.clock.advance(1);
    expect(line.stagings).toHaveLength(1);
  });

  it('is left to the line that staged it while that has a place soon, and others pass it', async () => {
    const alpha = world.addLine('alpha');
    mms('a');
    await quiet();
    const beta = world.addLine('beta');
    alpha.places = 0;
    alpha.dispatch.line.nextAt = () => world.clock.now() + (alpha.places > 0 ? 0 : 500);
    await end(alpha, staged().outcome);
    mms('b', { gateways: ['beta'] });
    await quiet();
    expect(beta.stagings.map(({ id }) => id)).toEqual(['b']);
    alpha.places = 1;
    world.dispatcher.lineChanged(alpha.dispatch.line);
    await quiet();
    expect(alpha.written).toEqual(['a']);
  });

  it('is staged elsewhere when the line that staged it has no place any more', async () => {
    const alpha = world.addLine('alpha');
    mms('a');
    await quiet();
    alpha.open = false;
    await end(alpha, staged().outcome);
    const beta = world.addLine('beta');
    await quiet();
    expect(beta.stagings.map(({ id }) => id)).toEqual(['a']);
  });
});

describe('how many are staged at once', () => {
  it('is bounded per line, and others take the turn of those that must wait', async () => {
    const line = world.addLine('alpha', { places: 50 });
    for (let i = 0; i < MAX_STAGING + 3; i++) mms(`m${i}`);
    world.add('sms');
    await quiet();
    expect(line.stagings).toHaveLength(MAX_STAGING);
    expect(line.written).toEqual(['sms']);
    await end(line, staged().outcome);
    world.clock.advance(20);
    await quiet();
    expect(line.written).toEqual(['sms', 'm0']);
    expect(line.stagings).toHaveLength(MAX_STAGING);
  });

  it('does not let a hundred that wait for it stand before one that needs none', async () => {
    const line = world.addLine('alpha', { places: 200 });
    for (let i = 0; i < 100; i++) mms(`m${i}`, { to: '01012345678' });
    const plain = testEntry({ id: 'plain', channel: 'mms', text: 'x', files: [testFile('x')] });
    world.dispatcher.add({ ...plain, files: [] });
    await quiet();
    world.clock.advance(20);
    await quiet();
    expect(line.written).toEqual(['plain']);
  });

  it('counts what goes on at the gateway for a message that is gone', async () => {
    const line = world.addLine('alpha');
    for (let i = 0; i < MAX_STAGING; i++) mms(`m${i}`);
    await quiet();
    world.dispatcher.handBack(() => true);
    mms('next');
    await quiet();
    expect(line.stagings.map(({ id }) => id)).not.toContain('next');
    await end(line, { kind: 'notNow', why: 'closed', retryMs: 1 });
    world.clock.advance(20);
    expect(line.stagings.map(({ id }) => id)).toContain('next');
  });
});

describe('a message that is being staged', () => {
  it('expires on time, and is not written when its staging ends after that', async () => {
    const line = world.addLine('alpha');
    mms('a', { expiresAtMs: 3_000 });
    await quiet();
    world.clock.advance(2_999);
    await quiet();
    expect(world.ends).toEqual([]);
    world.clock.advance(1);
    await quiet();
    expect([world.names, world.published]).toEqual([['settle'], ['a']]);
    expect(world.ends).toEqual([['a', { kind: 'done' }]]);
    await end(line, staged().outcome);
    expect([line.written, world.ends.length]).toEqual([[], 1]);
  });

  it('can be cancelled: its claim then finds it settled', async () => {
    const line = world.addLine('alpha');
    mms('a');
    await quiet();
    world.answers.claim = () => ['taken', ['s', 'x', 'v', '3', 'r', '["c",0,"c"]']];
    await end(line, staged().outcome);
    expect([line.written, world.ends]).toEqual([[], [['a', { kind: 'done' }]]]);
  });

  it('is handed back with all others, and what comes of it then is nobody’s', async () => {
    const line = world.addLine('alpha');
    mms('a');
    await quiet();
    world.dispatcher.handBack((queue) => queue === 'send-default-mms');
    expect(world.ends).toEqual([['a', { kind: 'handBack' }]]);
    await end(line, staged().outcome);
    expect([world.names, line.written]).toEqual([[], []]);
    await world.dispatcher.idle();
    expect(world.clock.armed).toBe(0);
  });

  it('goes on over another line when its own is gone', async () => {
    const alpha = world.addLine('alpha');
    mms('a');
    await quiet();
    const beta = world.addLine('beta');
    world.dispatcher.removeLine(alpha.dispatch.line);
    world.dispatcher.lineChanged(beta.dispatch.line);
    expect(beta.stagings.map(({ id }) => id)).toEqual(['a']);
    await end(alpha, staged().outcome);
    expect(alpha.written).toEqual([]);
    await end(beta, staged().outcome);
    expect(beta.written).toEqual(['a']);
  });

  it('keeps what another line staged when the first ends its own late', async () => {
    const alpha = world.addLine('alpha');
    mms('a');
    await quiet();
    const beta = world.addLine('beta');
    world.dispatcher.removeLine(alpha.dispatch.line);
    world.dispatcher.lineChanged(beta.dispatch.line);
    beta.places = 0;
    await end(beta, staged().outcome);
    await end(alpha, staged().outcome);
    beta.places = 1;
    world.dispatcher.lineChanged(beta.dispatch.line);
    await quiet();
    expect([beta.written, beta.stagings]).toEqual([['a'], []]);
  });

  it('whose staging breaks leaves its job alone, as any defect does', async () => {
    const line = world.addLine('alpha');
    mms('a');
    await quiet();
    line.stagings[0]?.fail(new Error('a defect'));
    await quiet();
    expect(world.ends).toEqual([['a', { kind: 'lost' }]]);
    expect(world.dispatcher.held).toEqual({ waiting: 0, inFlight: 0 });
  });
});

describe('a message whose files its gateway refuses', () => {
  it.each(['alert', 'retry', 'wait'] as const)('with advice %s goes to another gateway', async (advice) => {
    const line = world.addLine('alpha');
    mms('a');
    await quiet();
    await end(line, refused(advice));
    expect(world.names).toEqual(['turn-away']);
    expect(world.moved).toEqual(['beta a']);
    expect(world.ends).toEqual([['a', { kind: 'moved' }]]);
    const attempts = JSON.parse(String(world.steps[0]?.args[2])) as object[];
    expect(attempts).toMatchObject([{ gateway: 'alpha', channel: 'mms', gatewayCode: '300' }]);
  });

  it('for good, or with nobody else to carry it, ends failed with that attempt', async () => {
    const line = world.addLine('alpha');
    mms('final');
    mms('alone', { gateways: ['alpha'] });
    await quiet();
    await end(line, refused('giveUp'));
    await end(line, refused('alert'));
    expect(world.names).toEqual(['turn-away', 'settle', 'turn-away', 'settle']);
    const outcomes = world.steps.filter(({ name }) => name === 'settle').map(({ args }) => String(args[4]));
    expect(outcomes.map((outcome) => JSON.parse(outcome))).toEqual([
      ['f', 'file-error', 'a', '300'],
      ['f', 'file-error', 'a', '300'],
    ]);
    expect([world.published, world.moved]).toEqual([['final', 'alone'], []]);
  });

  it('for now, with nobody else to carry it, is asked again after a second, as its next attempt', async () => {
    const line = world.addLine('alpha');
    mms('a', { gateways: ['alpha'] });
    await quiet();
    await end(line, refused('retry'));
    expect([world.names, world.ends]).toEqual([['turn-away'], []]);
    expect(world.steps[0]?.args[1]).toBe(2);
    world.clock.advance(999);
    await quiet();
    expect(line.stagings).toEqual([]);
    world.clock.advance(1);
    await quiet();
    expect(line.stagings.map(({ id }) => id)).toEqual(['a']);
  });

  it('is not staged anew by the job that brings it there, before the one that moved it is over', async () => {
    const alpha = world.addLine('alpha');
    mms('a');
    await quiet();
    const beta = world.addLine('beta');
    world.answers['turn-away'] = () => {
      mms('a', { queue: { kind: 'to', gateway: 'beta', channel: 'mms' }, gateways: ['beta'] });
      return ['turnedAway', ['s', 'q', 'v', '2']];
    };
    await end(alpha, refused('alert'));
    expect([beta.stagings, beta.reserved]).toEqual([[], 0]);
    expect(world.ends).toEqual([
      ['a', { kind: 'delayed', until: expect.any(Number) }],
      ['a', { kind: 'moved' }],
    ]);
  });

  it('is not asked of a gateway that refused it before', async () => {
    const line = world.addLine('beta');
    const entry = testEntry({
      id: 'a',
      channel: 'mms',
      files,
      onEnd: (it) => void world.ends.push(['a', it]),
    });
    entry.attempt = 2;
    entry.attempts = [{ channel: 'mms', gateway: 'alpha', wireId: '1', at: 0 }];
    world.dispatcher.add(entry);
    await quiet();
    await end(line, refused('alert'));
    expect([world.moved, world.names]).toEqual([[], ['turn-away', 'settle']]);
  });

  it('while it may have been written before, waits for its report and is settled by nothing here', async () => {
    const line = world.addLine('alpha');
    const entry = testEntry({
      id: 'a',
      channel: 'mms',
      files,
      onEnd: (it) => void world.ends.push(['a', it]),
    });
    entry.probe = { gateway: 'alpha', account: 'demo', wireId: '7', claimedAt: 0 };
    world.dispatcher.add(entry);
    await quiet();
    await end(line, refused('giveUp'));
    expect(world.names).toEqual(['uncertain']);
    expect(world.ends).toEqual([['a', { kind: 'done' }]]);
  });
});

describe('what is left to the gateway’s memory', () => {
  it('is nothing after it lacked something: the same attempt again with everything', async () => {
    const line = world.addLine('alpha');
    line.outcome = () =>
      line.written.length === 1 ? { kind: 'incomplete', code: '16' } : { kind: 'accepted', code: '0' };
    mms('a');
    await quiet();
    await end(line, staged().outcome);
    expect(world.names).toEqual(['claim', 'requeue']);
    expect(line.stagings.map(({ complete }) => complete)).toEqual([true]);
    await end(line, staged().outcome);
    expect(world.names).toEqual(['claim', 'requeue', 'claim', 'accept']);
    const [first, second] = world.steps.filter(({ name }) => name === 'claim');
    expect(second?.args[11]).toBe(first?.args[11]); // the wire id
  });

  it('is no excuse twice: one that had everything goes to another gateway', async () => {
    const line = world.addLine('alpha');
    line.outcome = () => ({ kind: 'incomplete', code: '16' });
    mms('a');
    await quiet();
    await end(line, staged().outcome);
    await end(line, staged().outcome);
    expect(line.written).toEqual(['a', 'a']);
    expect(world.moved).toEqual(['beta a']);
  });

  it('is nothing for a probe, also when it was staged before it became one', async () => {
    const line = world.addLine('alpha');
    const queue = { kind: 'to', gateway: 'alpha', channel: 'mms' } as const;
    world.answers.claim = () => [
      'taken',
      ['s', 'u', 'v', '3', 'g', 'alpha', 'k', 'demo', 'w', '7', 'tc', '0'],
    ];
    mms('a', { queue, gateways: ['alpha'] });
    await quiet();
    await end(line, staged().outcome);
    expect(world.names).toEqual(['claim']);
    world.clock.advance(LOOK_AGAIN_MS);
    await quiet();
    expect(line.stagings.map(({ complete }) => complete)).toEqual([true]);
    await end(line, staged().outcome);
    expect(world.names).toEqual(['claim', 'probe', 'accept']);
  });
});

describe('a message that waits in hand', () => {
  it('ends when its time is over, whether it has files or not', async () => {
    world.addLine('alpha', { places: 0 });
    world.add('over', { expiresAtMs: 1_000 });
    world.add('not-yet', { expiresAtMs: 1_001 });
    world.add('never');
    world.clock.advance(1_000);
    world.dispatcher.endExpired();
    await quiet();
    expect(world.ends).toEqual([['over', { kind: 'done' }]]);
    expect(world.published).toEqual(['over']);
    expect(world.dispatcher.held.waiting).toBe(2);
  });

  it('that may have been written before is no matter of time', async () => {
    world.addLine('alpha', { places: 0 });
    const entry = testEntry({ id: 'a', expiresAtMs: 1 });
    entry.probe = { gateway: 'alpha', account: 'demo', wireId: '7', claimedAt: 0 };
    world.dispatcher.add(entry);
    world.clock.advance(10);
    world.dispatcher.endExpired();
    await quiet();
    expect(world.names).toEqual([]);
  });

  it('goes on as a probe where a lost worker had written it', async () => {
    world.addLine('alpha', { places: 0 });
    world.answers.settle = () => [
      'passed',
      ['s', 'c', 'v', '3', 'g', 'alpha', 'k', 'demo', 'w', '7', 'tc', '0'],
    ];
    world.add('a', { expiresAtMs: 1 });
    world.clock.advance(10);
    world.dispatcher.endExpired();
    await quiet();
    expect(world.moved).toEqual(['alpha a']);
    expect(world.ends).toEqual([['a', { kind: 'moved' }]]);
  });
});

describe('a commercial message to one who opted out', () => {
  it('ends failed without being written, and its claim names recipient and number', async () => {
    const line = world.addLine('alpha');
    world.answers.claim = () => ['optedOut'];
    world.add('a', { text: '(광고) 할인', ad: { optOutNumber: '0801234567' }, to: '01012345678' });
    world.add('b', { text: '(광고) 할인', to: '01012345679' });
    await quiet();
    expect(line.written).toEqual([]);
    const claims = world.steps.filter(({ name }) => name === 'claim');
    expect(claims.map(({ args }) => args.slice(19))).toEqual([
      ['0801234567', '01012345678/0801234567', ''],
      ['*', '01012345679/*', ''],
    ]);
    const outcomes = world.steps.filter(({ name }) => name === 'settle').map(({ args }) => String(args[4]));
    expect(outcomes).toEqual(Array(2).fill('["f","recipient-opted-out","f"]'));
  });

  it('is told apart from an ordinary one, whose claim asks nothing of the kind', async () => {
    world.addLine('alpha');
    world.add('a');
    await quiet();
    expect(world.steps[0]?.args.slice(19)).toEqual(['', '', '']);
  });
});
