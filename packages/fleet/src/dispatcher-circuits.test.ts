import { beforeEach, describe, expect, it } from '@jest/globals';
import type { SubmitOutcome } from '@pabal/session';
import { quiet } from '@pabal/session/testing';
import { DispatchWorld, type FakeLine } from './testing/dispatch-world.js';
import { testEntry } from './testing/entries.js';

/** What the dispatcher does while a gateway is closed, or tried. */

let world: DispatchWorld;
beforeEach(() => {
  world = new DispatchWorld();
});

/** A line whose gateway answers when the test says so. */
function slowLine(
  gateway: string,
  places = 10,
): { line: FakeLine; answer: (outcome: SubmitOutcome) => void } {
  const line = world.addLine(gateway, { places });
  let resolve: (outcome: SubmitOutcome) => void = () => {};
  line.outcome = () =>
    new Promise<SubmitOutcome>((resolved) => {
      resolve = resolved;
    });
  return { line, answer: (outcome) => resolve(outcome) };
}

const ACCEPTED = { kind: 'accepted', code: '0' } as const;
const TO_ALPHA = { kind: 'to', gateway: 'alpha', channel: 'sms' } as const;
const SYSTEM_ERROR = {
  kind: 'refused',
  code: '1',
  certainty: 'notDelivered',
  reason: 'gateway-error',
  advice: 'retry',
} as const;

describe('a closed gateway', () => {
  it('gets nothing new, and everything goes over the other one', async () => {
    world.phases.set('alpha', 'closed');
    const [alpha, beta] = [world.addLine('alpha'), world.addLine('beta')];
    for (const id of ['a', 'b', 'c']) world.add(id);
    await quiet();
    expect([alpha.written, beta.written]).toEqual([[], ['a', 'b', 'c']]);
  });

  it('sends on what waits in its queue and may go elsewhere; what is pinned or may be written waits', async () => {
    world.phases.set('alpha', 'closed');
    const alpha = world.addLine('alpha');
    world.add('movable', { queue: TO_ALPHA });
    const pinned = testEntry({ id: 'pinned', queue: TO_ALPHA, gateways: ['alpha'] });
    world.dispatcher.add(pinned);
    const written = testEntry({ id: 'written', queue: TO_ALPHA });
    written.probe = { gateway: 'alpha', account: 'demo', wireId: '7', claimedAt: 0 };
    world.dispatcher.add(written);
    world.dispatcher.sendElsewhere();
    await quiet();
    expect(world.moved).toEqual(['beta movable']);
    expect(world.ends).toEqual([['movable', { kind: 'moved' }]]);
    expect(alpha.written).toEqual([]);
    expect(world.dispatcher.held.waiting).toBe(2);
  });

  it('takes back a claim without an answer before it sends its message on', async () => {
    world.phases.set('alpha', 'closed');
    world.addLine('alpha');
    const entry = world.add('a', { queue: TO_ALPHA });
    entry.claimUnanswered = true;
    world.dispatcher.sendElsewhere();
    await quiet();
    expect(world.names).toEqual(['requeue']);
    expect(world.moved).toEqual(['beta a']);
  });

  it('lets go of what waits for its route here, when no other line here takes it', async () => {
    const routes: string[] = ['default'];
    world.addLine('alpha', { places: 0, routes: () => routes });
    world.add('a');
    routes.pop();
    world.dispatcher.handBackStranded();
    expect(world.ends).toEqual([['a', { kind: 'handBack' }]]);
  });
});

describe('a gateway that is tried', () => {
  it('gets one message at a time', async () => {
    world.phases.set('alpha', 'trial');
    const { line, answer } = slowLine('alpha');
    for (const id of ['a', 'b']) world.add(id);
    await quiet();
    expect(line.written).toEqual(['a']);
    answer(ACCEPTED);
    await quiet();
    expect(line.written).toEqual(['a', 'b']);
    expect(world.noted).toEqual([['alpha accepted', true]]);
  });

  it('gets the others at once when it is open again', async () => {
    world.phases.set('alpha', 'trial');
    const { line, answer } = slowLine('alpha');
    for (const id of ['a', 'b', 'c']) world.add(id);
    await quiet();
    world.phases.delete('alpha');
    answer(ACCEPTED);
    await quiet();
    expect(line.written).toEqual(['a', 'b', 'c']);
  });

  it('gets no urgent message that can go over another gateway', async () => {
    world.phases.set('alpha', 'trial');
    const alpha = world.addLine('alpha');
    const urgent = {
      queue: { kind: 'urgent', route: 'default', channel: 'sms' },
      priority: 'urgent',
    } as const;
    world.add('elsewhere', urgent);
    await quiet();
    expect(alpha.written).toEqual([]);
    world.add('only-here', { ...urgent, gateways: ['alpha'] });
    await quiet();
    expect(alpha.written).toEqual(['only-here']);
  });

  it('gets what may have been written only when there is nothing else', async () => {
    world.phases.set('alpha', 'trial');
    const { line, answer } = slowLine('alpha', 0);
    const probe = testEntry({ id: 'probe', queue: TO_ALPHA, gateways: ['alpha'] });
    probe.probe = { gateway: 'alpha', account: 'demo', wireId: '7', claimedAt: 0 };
    world.dispatcher.add(probe);
    world.add('fresh');
    line.places = 5;
    world.dispatcher.lineChanged(line.dispatch.line);
    await quiet();
    expect(line.written).toEqual(['fresh']);
    answer(ACCEPTED);
    await quiet();
    expect(line.written).toEqual(['fresh', 'probe']);
  });

  it('costs the message nothing when it still fails', async () => {
    world.phases.set('alpha', 'trial');
    const { answer } = slowLine('alpha');
    world.add('a');
    await quiet();
    world.phases.set('alpha', 'closed');
    answer(SYSTEM_ERROR);
    await quiet();
    expect(world.noted).toEqual([['alpha refused', true]]);
    expect(world.names).toEqual(['claim', 'requeue']);
    expect(world.steps[1]?.args).toContain(1); // the same attempt
    expect(world.dispatcher.held.waiting).toBe(1);
    expect(world.ends).toEqual([]);
  });

  it('gives its place back when the message was not written', async () => {
    world.phases.set('alpha', 'trial');
    const alpha = world.addLine('alpha');
    world.answers.claim = () => ['lostLock'];
    world.add('a');
    await quiet();
    expect(world.trying.size).toBe(0);
    expect(alpha.places).toBe(10);
    expect(world.noted).toEqual([]);
  });
});

describe('an open gateway', () => {
  it('has every outcome noted, but not after we closed its line ourselves', async () => {
    const { line, answer } = slowLine('alpha');
    world.add('a');
    await quiet();
    world.dispatcher.removeLine(line.dispatch.line);
    answer({ kind: 'unknown', why: 'connectionLost' });
    await quiet();
    expect(world.noted).toEqual([]);
    world.addLine('beta');
    world.add('b');
    await quiet();
    expect(world.noted).toEqual([['beta accepted', false]]);
  });
});
