import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { BackoffPolicy } from './backoff.js';
import {
  begin,
  type Effect,
  type MachinePolicy,
  type SessionEvent,
  type SessionState,
  step,
} from './machine.js';

const backoff: BackoffPolicy = {
  lost: { firstMs: 200, capMs: 10_000 },
  refused: { minMs: 10_000, capMs: 300_000, takeOverMs: 600_000 },
  keepAliveLostMs: 30_000,
  stableMs: 30_000,
};
const policy: MachinePolicy = {
  connectTimeoutMs: 5000,
  loginTimeoutMs: 6000,
  logoutTimeoutMs: 1000,
  backoff,
};

const accepted: SessionEvent = { kind: 'accepted', grants: { sms: 100 } };
const refused: SessionEvent = { kind: 'refused', code: '9', alreadyConnected: false };
const lost: SessionEvent = { kind: 'lost', reason: 'peer-closed' };
const drain: SessionEvent = { kind: 'drain', limitMs: 3000 };
const close: SessionEvent = { kind: 'close', reason: 'lease-lost' };
const timeUp: SessionEvent = { kind: 'timeUp' };
const connected: SessionEvent = { kind: 'connected' };
const emptied: SessionEvent = { kind: 'emptied' };
const loggedOut: SessionEvent = { kind: 'loggedOut' };

/** Runs events one a millisecond from a fresh session. */
function run(
  events: readonly SessionEvent[],
  stepMs = 1,
): { state: SessionState; effects: readonly Effect[] } {
  let [state, effects] = begin(policy, 0);
  events.forEach((event, i) => {
    [state, effects] = step(policy, state, event, { now: (i + 1) * stepMs, chance: 0 });
  });
  return { state, effects };
}

/** How to reach each state from a fresh session. */
const paths: Readonly<Record<string, readonly SessionEvent[]>> = {
  connecting: [],
  loggingIn: [connected],
  'loggingIn (leaving)': [connected, drain],
  ready: [connected, accepted],
  'draining (emptying)': [connected, accepted, drain],
  'draining (loggingOut)': [connected, accepted, drain, emptied],
  backingOff: [lost],
  closed: [close],
};

const kinds = (effects: readonly Effect[]): string[] => effects.map((effect) => effect.kind);

/** Every arrow: state, event, next state, effects. */
const table: readonly (readonly [string, SessionEvent, string, readonly string[]])[] = [
  ['connecting', connected, 'loggingIn', ['arm', 'sendLogin']],
  ['connecting', refused, 'backingOff', ['hangUp', 'alert', 'rest', 'arm']],
  ['connecting', lost, 'backingOff', ['hangUp', 'arm']],
  ['connecting', timeUp, 'backingOff', ['hangUp', 'arm']],
  ['connecting', drain, 'closed', ['hangUp']],
  ['connecting', close, 'closed', ['hangUp']],
  ['loggingIn', accepted, 'ready', ['opened']],
  ['loggingIn', refused, 'backingOff', ['hangUp', 'alert', 'rest', 'arm']],
  ['loggingIn', lost, 'backingOff', ['hangUp', 'arm']],
  ['loggingIn', timeUp, 'backingOff', ['hangUp', 'arm']],
  ['loggingIn', drain, 'loggingIn (leaving)', ['arm']],
  ['loggingIn', close, 'closed', ['hangUp']],
  ['loggingIn (leaving)', accepted, 'draining (loggingOut)', ['arm', 'sendLogout']],
  ['loggingIn (leaving)', refused, 'closed', ['hangUp', 'alert', 'rest']],
  ['loggingIn (leaving)', lost, 'closed', ['hangUp']],
  ['loggingIn (leaving)', timeUp, 'closed', ['hangUp']],
  ['loggingIn (leaving)', close, 'closed', ['hangUp']],
  ['ready', drain, 'draining (emptying)', ['arm']],
  ['ready', lost, 'backingOff', ['hangUp', 'arm']],
  ['ready', close, 'closed', ['hangUp']],
  ['draining (emptying)', emptied, 'draining (loggingOut)', ['arm', 'sendLogout']],
  ['draining (emptying)', timeUp, 'draining (loggingOut)', ['arm', 'sendLogout']],
  ['draining (emptying)', loggedOut, 'closed', ['hangUp']],
  ['draining (emptying)', lost, 'closed', ['hangUp']],
  ['draining (emptying)', close, 'closed', ['hangUp']],
  ['draining (loggingOut)', loggedOut, 'closed', ['hangUp']],
  ['draining (loggingOut)', timeUp, 'closed', ['hangUp']],
  ['draining (loggingOut)', lost, 'closed', ['hangUp']],
  ['draining (loggingOut)', close, 'closed', ['hangUp']],
  ['backingOff', timeUp, 'connecting', ['arm', 'connect']],
  ['backingOff', drain, 'closed', ['hangUp']],
  ['backingOff', close, 'closed', ['hangUp']],
];

const fullName = (state: SessionState): string => {
  if (state.name === 'draining') return `draining (${state.phase})`;
  return 'leaving' in state ? `${state.name} (leaving)` : state.name;
};
const short = (name: string): string => name.replace(/ \(.*/, '');

describe('session state machine', () => {
  it('begins by connecting, with a timer', () => {
    expect(begin(policy, 0)).toMatchObject([
      { name: 'connecting' },
      [{ kind: 'arm', ms: 5000 }, { kind: 'connect' }],
    ]);
  });

  it('begins by waiting where the gateway asked an earlier process to stay away', () => {
    const [state, effects] = begin(policy, 1_000, 4_000);
    expect(state).toMatchObject({ name: 'backingOff', reason: 'rests', until: 4_000 });
    expect(effects).toEqual([{ kind: 'arm', ms: 3_000 }]);
    expect(step(policy, state, timeUp, { now: 4_000, chance: 0 })[0].name).toBe('connecting');
    expect(begin(policy, 4_000, 4_000)[0].name).toBe('connecting');
  });

  it('says how long whoever logs in next must rest: after a refusal and a lost keepalive, and no other loss', () => {
    const rests = (events: readonly SessionEvent[]) =>
      run(events).effects.flatMap((effect) => (effect.kind === 'rest' ? [effect.ms] : []));
    const keepAliveLost: SessionEvent = { kind: 'lost', reason: 'keep-alive-lost' };
    expect(rests([connected, refused])).toEqual([backoff.refused.minMs]);
    expect(rests([connected, accepted, keepAliveLost])).toEqual([backoff.keepAliveLostMs]);
    expect(rests([connected, accepted, lost])).toEqual([]);
    const [ready] = step(policy, run([connected]).state, accepted, { now: 2, chance: 0 });
    const lax = { ...policy, backoff: { ...backoff, keepAliveLostMs: 0 } };
    expect(kinds(step(lax, ready, keepAliveLost, { now: 3, chance: 0 })[1])).toEqual(['hangUp', 'arm']);
  });

  it.each(table.map(([from, event, to, effects]) => ({ from, on: event.kind, to, event, effects })))(
    'goes from $from on $on to $to',
    ({ from, event, to, effects }) => {
      const path = paths[from] ?? [];
      expect(fullName(run(path).state)).toBe(from);
      const after = run([...path, event]);
      expect(fullName(after.state)).toBe(to);
      expect(kinds(after.effects)).toEqual(effects);
    },
  );

  it('changes nothing on any event that has no arrow', () => {
    const events = [connected, accepted, refused, lost, timeUp, drain, emptied, loggedOut, close];
    for (const [name, path] of Object.entries(paths)) {
      const { state } = run(path);
      for (const event of events) {
        if (table.some(([from, on]) => from === name && on.kind === event.kind)) continue;
        const [next, effects] = step(policy, state, event, { now: 99, chance: 0 });
        expect(next).toBe(state);
        expect(effects).toEqual([]);
      }
    }
  });

  it('has exactly the arrows that docs/session.md draws', () => {
    const page = readFileSync(new URL('../../../docs/session.md', import.meta.url), 'utf8');
    const drawn = [...page.matchAll(/^ +(\w+) --> (\w+): (\w+)$/gm)].map(
      ([, from, to, on]) => `${from} ${on} ${to}`,
    );
    const walked = table.map(([from, event, to]) => `${short(from)} ${event.kind} ${short(to)}`);
    expect([...new Set(drawn)].sort()).toEqual([...new Set(walked)].sort());
    expect(drawn).toHaveLength(new Set(drawn).size);
  });

  it('waits longer each time the gateway lets us in and drops us at once', () => {
    const { effects } = run([connected, accepted, lost, timeUp, connected, accepted, lost]);
    expect(effects).toContainEqual({ kind: 'arm', ms: 400 });
  });

  it('forgets earlier failures once it stayed ready for a while', () => {
    const { effects } = run([lost, timeUp, lost, timeUp, connected, accepted, lost], 30_000);
    expect(effects).toContainEqual({ kind: 'arm', ms: 200 });
  });

  it('tells how often the login was refused in a row', () => {
    const { state, effects } = run([connected, refused, timeUp, connected, refused]);
    expect(effects).toEqual([
      { kind: 'hangUp', reason: 'login-refused' },
      { kind: 'alert', code: '9', repeated: 2 },
      { kind: 'rest', ms: 10_000 },
      { kind: 'arm', ms: 20_000 },
    ]);
    expect(state).toMatchObject({
      name: 'backingOff',
      reason: 'login-refused',
      refusedWith: '9',
      until: 20_005,
    });
  });

  it('waits after a lost keepalive as the protocol asks', () => {
    const { effects } = run([connected, accepted, { kind: 'lost', reason: 'keep-alive-lost' }]);
    expect(effects).toContainEqual({ kind: 'arm', ms: 30_000 });
  });

  it('names the timeouts it ends with', () => {
    expect(run([timeUp]).state).toMatchObject({ reason: 'connect-timeout' });
    expect(run([connected, timeUp]).state).toMatchObject({ reason: 'login-timeout' });
  });
});
