import { describe, expect, it } from '@jest/globals';
import type { PulledJob } from '@pabal/queues';
import {
  idsOf,
  isBatch,
  jobsToHold,
  MAX_BATCHES,
  membersLeft,
  membersOf,
  placedInBatch,
  shareOfBatch,
} from './batch.js';
import { admit, type DoorRules } from './door.js';
import { testMessage } from './testing/entries.js';

const rules: DoorRules = {
  replies: new Set(['shop']),
  webhooks: new Set(['shop']),
  routes: new Map([['default', ['alpha']]]),
  gatewayProblems: () => [],
};
const SEND = { kind: 'send', route: 'default', channel: 'sms' } as const;

function pulled(messages: unknown, change: Partial<PulledJob> = {}): PulledJob {
  return {
    queue: 'send-default-sms',
    id: 'b-1',
    name: 'batch',
    data: { v: 1, messages },
    token: 'lock',
    enqueuedAt: 1_000,
    starts: 1,
    ...change,
  };
}

function opened(job: PulledJob): readonly PulledJob[] {
  const members = membersOf(job, SEND, rules);
  if ('kind' in members) throw new Error(JSON.stringify(members.problems));
  return members;
}

describe('a batch job', () => {
  it('is known by its name, and each member stands under its lock with its place', () => {
    const job = pulled([testMessage({ id: 'a' }), testMessage({ id: 'b' })]);
    expect(isBatch(job)).toBe(true);
    const members = opened(job);
    expect(members.map(({ member, id, token, enqueuedAt }) => [member, id, token, enqueuedAt])).toEqual([
      [0, 'b-1', 'lock', 1_000],
      [1, 'b-1', 'lock', 1_000],
    ]);
    expect(members.map(isBatch)).toEqual([false, false]);
    expect(members.map((one) => admit(one, SEND, rules).kind)).toEqual(['admitted', 'admitted']);
  });

  it('that is none, or stands among urgent ones, is refused whole, under an id made from the job’s', () => {
    expect(membersOf(pulled([]), SEND, rules)).toMatchObject({
      kind: 'refused',
      id: 'job-send-default-sms-b-1',
      reason: 'invalid-message',
      problems: [{ field: 'messages', rule: 'too-short' }],
    });
    const urgent = { ...SEND, kind: 'urgent' } as const;
    expect(membersOf(pulled([testMessage()]), urgent, rules)).toMatchObject({
      problems: [{ field: 'messages', rule: 'no-batch' }],
    });
  });

  it('never lets a member pass for one of the fleet’s own jobs', () => {
    const forged = { v: 1, message: testMessage(), enqueuedAt: 1, route: 'default', uncertain: true };
    const [member] = opened(pulled([{ ...forged, step: 1, payloadHash: 'x' }]));
    expect(member && admit(member, SEND, rules)).toMatchObject({ kind: 'refused' });
  });
});

describe('a bad member', () => {
  it('has its problems named with its place, and an id of its own where it has none', () => {
    const members = opened(pulled([{ id: 'ok' }, { id: 'with space' }, 7]));
    const refused = members.map((job) => {
      const admitted = admit(job, SEND, rules);
      if (admitted.kind !== 'refused') throw new Error('it was admitted');
      return placedInBatch(admitted, job);
    });
    expect(refused.map(({ id }) => id)).toEqual([
      'ok',
      'job-send-default-sms-b-1-1',
      'job-send-default-sms-b-1-2',
    ]);
    expect(refused.map(({ id }) => id)).toEqual(idsOf(members));
    expect(refused[0]?.problems.map(({ field }) => field)).toContain('messages.0.to');
    expect(refused[1]?.problems.map(({ field }) => field)).toContain('messages.1.id');
    expect(refused[2]?.problems.map(({ field }) => field)).toEqual(['messages.2']);
  });

  it('keeps its problems as they are when it is a message by itself', () => {
    const single = { problems: [{ field: 'to', rule: 'required', message: 'to is required' }] };
    expect(placedInBatch(single, pulled([]))).toBe(single);
  });
});

describe('what a batch has left', () => {
  it('are the members that are not over, each known or not', () => {
    const members = opened(pulled([1, 2, 3, 4]));
    const left = membersLeft(members, ['over', 'fresh', 'known', 'over']);
    expect(left.map(({ job, known }) => [job.member, known])).toEqual([
      [1, false],
      [2, true],
    ]);
  });
});

describe('the hands of a process', () => {
  it('are shared evenly among its batches, at least one member each', () => {
    expect([shareOfBatch(100, 1), shareOfBatch(100, 3), shareOfBatch(1, 4), shareOfBatch(5, 0)]).toEqual([
      100, 34, 1, 5,
    ]);
  });

  it('take few jobs at first, double what they hold, and never more than are wanted', () => {
    expect(jobsToHold(500, { jobs: 0, batches: 0 })).toBe(2);
    expect(jobsToHold(500, { jobs: 8, batches: 0 })).toBe(18);
    expect(jobsToHold(500, { jobs: 300, batches: 0 })).toBe(500);
    expect(jobsToHold(1, { jobs: 0, batches: 0 })).toBe(1);
  });

  it('take no more jobs than may be batches once there are some, and none while there are as many as may be', () => {
    expect(jobsToHold(500, { jobs: 2, batches: 2 })).toBe(MAX_BATCHES);
    expect(jobsToHold(500, { jobs: 40, batches: MAX_BATCHES - 1 })).toBe(41);
    expect(jobsToHold(500, { jobs: 40, batches: MAX_BATCHES })).toBe(40);
    expect(jobsToHold(500, { jobs: MAX_BATCHES, batches: MAX_BATCHES })).toBe(MAX_BATCHES);
  });
});
