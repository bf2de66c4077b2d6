import type { Dice } from './dice.js';
import type { StormOptions } from './options.js';

/** What is done to the simulator of a gateway: a fault of its own, or something done from outside. */
export const GATEWAY_FAULTS = {
  neverAck: 4,
  ackThenDrop: 3,
  dropBeforeAck: 3,
  dropConnection: 3,
  slowAck: 4,
  splitEveryByte: 1,
  reportBeforeAck: 2,
  duplicateReport: 2,
  withholdReport: 0.5,
  neverAlive: 0.5,
  refuseLogin: 1,
  throttle: 3,
  systemError: 2,
  reportCode: 1,
  brokenReport: 1,
  unknownReport: 1,
  duplicateAck: 1,
  imageForgotten: 2,
  damagedTail: 1,
  paddedLength: 1,
  refuseGrant: 0.5,
  garbage: 1,
  drop: 3,
  noCredit: 2,
} as const;
export type GatewayFault = keyof typeof GATEWAY_FAULTS;

const KINDS = {
  kill: 6,
  stop: 3,
  freeze: 2,
  join: 2,
  loseLocks: 2,
  killRedis: 1.5,
  freezeRedis: 1.5,
} as const;
type Kind = keyof typeof KINDS;
const EACH_ONCE = [
  'kill',
  'kill',
  'stop',
  'freeze',
  'join',
  'loseLocks',
  'killRedis',
  'freezeRedis',
] as const;

/** Only LGHV has these. */
const LGHV_ONLY: readonly GatewayFault[] = ['damagedTail', 'paddedLength', 'refuseGrant', 'noCredit'];

/** One fault and when it strikes, ms from the start. Numbers of `roll` in [0, 1) choose among what lives then. */
export type Planned = { readonly atMs: number } & (
  | { readonly kind: 'kill' | 'stop' | 'join'; readonly role: 'sender' | 'receiver'; readonly roll: number }
  | {
      readonly kind: 'freeze';
      readonly role: 'sender' | 'receiver';
      readonly roll: number;
      readonly forMs: number;
    }
  | { readonly kind: 'loseLocks'; readonly share: number }
  | { readonly kind: 'killRedis' | 'freezeRedis'; readonly forMs: number }
  | { readonly kind: 'cutRedis' }
  | {
      readonly kind: 'gateway';
      readonly at: 'lghv' | 'smtnt';
      readonly fault: GatewayFault;
      readonly roll: number;
    }
);

/** Around the moment in which Redis loses a second every process lives: without that nobody could promise anything. */
const CALM_BEFORE_MS = 20_000;
const CALM_AFTER_MS = 20_000;
/** Something is under way by then. */
const FIRST_MS = 2_000;

/**
 * Every fault of a storm, drawn before it begins: processes and Redis fail one after the other, and the gateways fail beside
 * them all the time. Pure, but for the dice.
 */
export function planFaults(options: StormOptions, dice: Dice): Planned[] {
  return [...ofFleet(options, dice.apart()), ...ofGateways(options, dice.apart())].sort(
    (a, b) => a.atMs - b.atMs,
  );
}

function ofFleet(options: StormOptions, dice: Dice): Planned[] {
  const { durationMs, faultEveryMs } = options;
  const cuts = Array.from({ length: options.cuts }, (_, i) => (durationMs * (i + 1)) / (options.cuts + 1));
  const plan: Planned[] = cuts.map((atMs) => ({ atMs, kind: 'cutRedis' }));
  // What ends or stops something strikes in every storm, however short.
  const deck = shuffled(EACH_ONCE, dice);
  for (let atMs = FIRST_MS; atMs < durationMs; atMs += dice.between(faultEveryMs / 4, faultEveryMs)) {
    const planned = drawn(atMs, deck.pop() ?? dice.weighted(KINDS), options, dice);
    const lasts = 'forMs' in planned ? planned.forMs : 0;
    const troubles = cuts.some((at) => atMs + lasts > at - CALM_BEFORE_MS && atMs < at + CALM_AFTER_MS);
    if (!troubles) plan.push(planned);
    // While Redis is away nothing else would be seen by anybody.
    if (planned.kind === 'killRedis' || planned.kind === 'freezeRedis') atMs += lasts / 2;
  }
  return plan;
}

function ofGateways({ durationMs, faultEveryMs }: StormOptions, dice: Dice): Planned[] {
  const plan: Planned[] = [];
  for (let atMs = FIRST_MS; atMs < durationMs; atMs += dice.between(faultEveryMs / 10, faultEveryMs / 2)) {
    const fault = dice.weighted(GATEWAY_FAULTS);
    const roll = dice.next();
    plan.push({
      atMs,
      kind: 'gateway',
      at: LGHV_ONLY.includes(fault) || roll < 0.5 ? 'lghv' : 'smtnt',
      fault,
      roll,
    });
  }
  return plan;
}

function shuffled(kinds: readonly Kind[], dice: Dice): Kind[] {
  return kinds
    .map((kind) => ({ kind, place: dice.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ kind }) => kind);
}

function drawn(atMs: number, kind: Kind, { longestOutageMs }: StormOptions, dice: Dice): Planned {
  const role = dice.pick(['sender', 'sender', 'receiver']);
  const roll = dice.next();
  const long = dice.chance(0.4);
  const forMs = dice.between(long ? longestOutageMs / 2 : 500, long ? longestOutageMs : longestOutageMs / 4);
  switch (kind) {
    case 'kill':
    case 'stop':
    case 'join':
      return { atMs, kind, role, roll };
    case 'freeze':
      // Long enough, now and then, for its leases to go to somebody else.
      return { atMs, kind, role, roll, forMs: Math.max(forMs, long ? 12_000 : 0) };
    case 'loseLocks':
      return { atMs, kind, share: roll };
    case 'killRedis':
    case 'freezeRedis':
      return { atMs, kind, forMs };
    default:
      return kind satisfies never;
  }
}
