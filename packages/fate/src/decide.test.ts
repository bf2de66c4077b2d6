import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Decision,
  decide,
  decideEarlierStep,
  decideStaging,
  decideStepEnd,
  RETRY_DELAYS_MS,
  type WriteAnswer,
  type WriteContext,
} from './decide.js';

const PAUSE_MS = 1_234;
const CODE = '99';
type Refusal = Extract<WriteAnswer, { kind: 'refused' }>;

const first: WriteContext = { probe: false, attempt: 1, tooOften: 0, otherGateway: true };
const probe: WriteContext = { ...first, probe: true };
const any = [
  first,
  probe,
  { ...first, otherGateway: false },
  { ...first, attempt: 4 },
  { ...probe, attempt: 4 },
];
const alone = { ...first, otherGateway: false };
const firstWrites = [first, alone, { ...first, attempt: 2 }, { ...alone, attempt: 9 }];

const accepted: WriteAnswer = { kind: 'accepted', code: CODE };
const duplicate: WriteAnswer = { kind: 'duplicate', code: CODE, mayMeanTooOften: false };
const tooOften: WriteAnswer = { kind: 'duplicate', code: CODE, mayMeanTooOften: true };
const throttled: WriteAnswer = { kind: 'throttled', code: CODE, pauseMs: PAUSE_MS };
const notWritten: WriteAnswer = { kind: 'notWritten', why: 'draining' };
const unknown: WriteAnswer = { kind: 'unknown', why: 'ackTimeout' };
const incomplete: WriteAnswer = { kind: 'incomplete', code: CODE };
const refused = (
  advice: Refusal['advice'],
  certainty: Refusal['certainty'] = 'notDelivered',
): WriteAnswer => ({
  kind: 'refused',
  code: CODE,
  certainty,
  reason: 'gateway-error',
  advice,
});
const allAdvice = (['retry', 'wait', 'alert', 'giveUp'] as const).flatMap((advice) => [
  refused(advice, 'delivered'),
  refused(advice, 'uncertain'),
]);
const notDelivered = (['retry', 'wait', 'alert', 'giveUp'] as const).map((advice) => refused(advice));
const passing = [refused('retry'), refused('wait')];
const nth = (attempt: number, context = first) => ({ ...context, attempt });

/** The words of the page's rows: answer, context; what they stand for. */
const rows: [string, string, WriteAnswer[], WriteContext[]][] = [
  ['accepted', 'any', [accepted], any],
  ['duplicate', 'any', [duplicate], any],
  [
    'duplicate, may mean too often',
    'first write, told so less than 3 times',
    [tooOften],
    [first, { ...first, tooOften: 1 }, { ...alone, tooOften: 2 }],
  ],
  ['duplicate, may mean too often', 'first write, told so 3 times', [tooOften], [{ ...first, tooOften: 3 }]],
  ['duplicate, may mean too often', 'probe', [tooOften], [probe, { ...probe, tooOften: 3 }]],
  ['throttled', 'first write', [throttled], firstWrites],
  ['throttled', 'probe', [throttled], [probe]],
  ['not written', 'first write', [notWritten], firstWrites],
  ['not written', 'probe', [notWritten], [probe]],
  ['incomplete', 'first write', [incomplete], [...firstWrites, { ...first, complete: false }]],
  [
    'incomplete',
    'first write of everything, another gateway',
    [incomplete],
    [
      { ...first, complete: true },
      { ...nth(4), complete: true },
    ],
  ],
  [
    'incomplete',
    'first write of everything, no other gateway',
    [incomplete],
    [
      { ...alone, complete: true },
      { ...alone, attempt: 4, complete: true },
    ],
  ],
  ['incomplete', 'probe', [incomplete], [probe, { ...probe, complete: true, otherGateway: false }]],
  ['unknown', 'any', [unknown], any],
  ['refused, delivered or uncertain', 'any', allAdvice, any],
  ['refused, not delivered', 'probe', notDelivered, [probe, { ...probe, attempt: 4, otherGateway: false }]],
  ['refused, not delivered, give up', 'first write', [refused('giveUp')], firstWrites],
  ['refused, not delivered, alert', 'first write, another gateway', [refused('alert')], [first, nth(4)]],
  [
    'refused, not delivered, alert',
    'first write, no other gateway',
    [refused('alert')],
    [alone, nth(4, alone)],
  ],
  ['refused, not delivered, retry or wait', 'first write, attempt 1', passing, [first, alone]],
  ['refused, not delivered, retry or wait', 'first write, attempt 2', passing, [nth(2), nth(2, alone)]],
  ['refused, not delivered, retry or wait', 'first write, attempt 3', passing, [nth(3), nth(3, alone)]],
  [
    'refused, not delivered, retry or wait',
    'first write, attempt 4, another gateway',
    passing,
    [nth(4), nth(9)],
  ],
  [
    'refused, not delivered, retry or wait',
    'first write, attempt 4, no other gateway',
    passing,
    [nth(4, alone), nth(9, alone)],
  ],
];

function words(decision: Decision, { tooOften: told }: WriteContext): string {
  const name = `\`${decision.kind}\``;
  switch (decision.kind) {
    case 'later': {
      // Only being told "too often" once more is counted, and nothing else forgets it.
      expect(decision.tooOften).toBe(decision.countsAttempt ? told : told + 1);
      return `${name} after ${decision.delayMs / 1_000} s, ${decision.countsAttempt ? 'next' : 'same'} attempt`;
    }
    case 'probeLater':
      return `${name} ${decision.delayMs === PAUSE_MS ? 'after the pause' : decision.delayMs === 0 ? 'at once' : '?'}`;
    case 'fail':
      expect(decision.code).toBe(CODE);
      return `${name} as ${decision.reason === 'gateway-error' ? 'the gateway says' : decision.reason}`;
    default:
      return name;
  }
}

async function tableOfPage(name: string): Promise<string[][]> {
  const page = await readFile(join(import.meta.dirname, '../../../docs/fate.md'), 'utf8');
  const table = page.split(`<!-- table: ${name} -->`)[1]?.trim().split('\n\n')[0] ?? '';
  return table
    .split('\n')
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

describe('decide', () => {
  it('does what the table of docs/fate.md says, row by row', async () => {
    const decided = rows.map(([answer, context, answers, contexts]) => {
      const decisions = answers.flatMap((one) => contexts.map((other) => words(decide(one, other), other)));
      return [answer, context, [...new Set(decisions)].join(' or ')];
    });
    expect(decided).toEqual(await tableOfPage('decide'));
  });

  const answer: fc.Arbitrary<WriteAnswer> = fc.constantFrom(
    accepted,
    duplicate,
    tooOften,
    throttled,
    notWritten,
    unknown,
    incomplete,
    ...allAdvice,
    ...notDelivered,
  );
  const context = fc.record({
    probe: fc.boolean(),
    attempt: fc.integer({ min: 1, max: 20 }),
    tooOften: fc.nat({ max: 5 }),
    otherGateway: fc.boolean(),
    complete: fc.boolean(),
  });

  it('lets nothing but the same account and wire id have what may have been taken', () => {
    fc.assert(
      fc.property(answer, context, (one, other) => {
        const uncertain =
          other.probe ||
          one.kind === 'unknown' ||
          (one.kind === 'refused' && one.certainty !== 'notDelivered');
        if (!uncertain) return;
        expect(['accept', 'probe', 'probeLater', 'awaitReport']).toContain(decide(one, other).kind);
      }),
    );
  });

  it('asks another gateway only where there is one', () => {
    fc.assert(
      fc.property(answer, context, (one, other) => {
        if (decide(one, other).kind === 'reroute') expect(other.otherGateway).toBe(true);
      }),
    );
  });

  it('comes to an end by refusals alone', () => {
    for (const advice of ['retry', 'wait'] as const) {
      const kinds = [1, 2, 3, 4, 5].map((attempt) => decide(refused(advice), nth(attempt, alone)).kind);
      expect(kinds).toEqual([...RETRY_DELAYS_MS.map(() => 'later'), 'fail', 'fail']);
    }
  });

  it('never offers more than once what was whole and still found lacking', () => {
    fc.assert(
      fc.property(context, (other) => {
        const { kind } = decide(incomplete, { ...other, complete: true });
        expect(['reroute', 'fail', 'awaitReport']).toContain(kind);
      }),
    );
  });
});

describe('a refusal of files', () => {
  const refusal = (advice: Refusal['advice']) => ({ code: CODE, reason: 'file-error', advice }) as const;
  const failed = { kind: 'fail', reason: 'file-error', code: CODE };

  it.each(['retry', 'wait', 'alert'] as const)(
    'with advice %s goes to another gateway, if there is one',
    (advice) => {
      expect(decideStaging(refusal(advice), first)).toEqual({ kind: 'reroute' });
    },
  );

  it.each(['retry', 'wait'] as const)('with advice %s is asked again where nobody else can be', (advice) => {
    const tries = [1, 2, 3, 4].map((attempt) => decideStaging(refusal(advice), { ...alone, attempt }));
    expect(tries).toEqual([...RETRY_DELAYS_MS.map((delayMs) => ({ kind: 'later', delayMs })), failed]);
  });

  it('that somebody must mend ends the message where nobody else can be asked', () => {
    expect(decideStaging(refusal('alert'), alone)).toEqual(failed);
  });

  it('for good ends the message wherever it could go', () => {
    expect(decideStaging(refusal('giveUp'), first)).toEqual(failed);
  });

  it('says nothing of what may have been taken before', () => {
    for (const advice of ['retry', 'giveUp'] as const) {
      expect(decideStaging(refusal(advice), probe)).toEqual({
        kind: 'awaitReport',
      });
    }
  });
});

describe('decideStepEnd', () => {
  const statuses = ['delivered', 'failed', 'unknown', 'expired', 'cancelled'] as const;

  it('does what the table of docs/fate.md says, row by row', async () => {
    const follows = { settle: [], next: ['stop', 'send'], nextIfSend: ['send'] } as const;
    const said = await tableOfPage('step end');
    expect([...new Set(said.map(([status]) => status))].sort()).toEqual([...statuses].sort());
    for (const status of statuses) {
      const goesOn: readonly string[] = follows[decideStepEnd({ status })];
      for (const next of ['none', 'stop', 'send']) {
        const row = said.filter(([of, where = '']) => {
          if (of !== status) return false;
          if (where === 'any or none') return true;
          return next === 'none' ? where === 'none' : where === 'any' || where.includes(next);
        });
        expect({ status, next, leadsTo: row.map((cells) => cells[2]) }).toEqual({
          status,
          next,
          leadsTo: [goesOn.includes(next) ? 'next step' : '`settle`'],
        });
      }
    }
  });
});

describe('decideEarlierStep', () => {
  it('lets only a delivery change what became of the message', () => {
    expect(decideEarlierStep({ status: 'delivered' })).toBe('settle');
    for (const status of ['failed', 'unknown', 'expired', 'cancelled'] as const)
      expect(decideEarlierStep({ status })).toBe('nothing');
  });
});
