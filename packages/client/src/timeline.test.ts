import { describe, expect, it } from '@jest/globals';
import type { MessageRecord } from '@pabal/fate';
import type { StandingJob } from '@pabal/queues';
import { messageOfJob } from './cancel.js';
import { timelineOfJob, timelineOfRecord } from './timeline.js';

const data = {
  v: 1,
  id: 'm1',
  channel: 'sms',
  to: '01012345678',
  from: '0212345678',
  text: '안녕하세요',
  priority: 'normal',
};
const job: StandingJob = { queue: 'send-default-sms', jobId: 'm-m1', data, enqueuedAt: 1_000 };

describe('the timeline of a message', () => {
  it('that waits in its queue is queued', () => {
    expect(timelineOfJob('m1', job, 5_000)).toEqual({
      id: 'm1',
      state: 'queued',
      channel: 'sms',
      queue: 'send-default-sms',
      step: 0,
      attempt: 1,
      times: { enqueued: '1970-01-01T00:00:01.000Z' },
      attempts: [],
    });
  });

  it('that waits for its time is scheduled until then', () => {
    const later = { ...job, data: { ...data, sendAt: '1970-01-01T00:01:00.000Z' } };
    expect(timelineOfJob('m1', later, 5_000)).toMatchObject({
      state: 'scheduled',
      times: { scheduled: '1970-01-01T00:01:00.000Z' },
    });
    expect(timelineOfJob('m1', later, 60_000).state).toBe('queued');
  });

  it('that moved to a gateway keeps the time of its first enqueueing', () => {
    const moved = {
      ...job,
      queue: 'to-smtnt-sms',
      data: { v: 1, message: data, enqueuedAt: 500, route: 'default', uncertain: false },
    };
    expect(timelineOfJob('m1', moved, 5_000)).toMatchObject({
      channel: 'sms',
      times: { enqueued: '1970-01-01T00:00:00.500Z' },
    });
  });

  it('survives a job that is no message', () => {
    expect(timelineOfJob('m1', { ...job, data: null }, 5_000).state).toBe('queued');
  });

  it('that ended shows its outcome and its result, and no number or text', () => {
    const record: MessageRecord = {
      id: 'm1',
      state: 'settled',
      version: 3,
      payloadHash: 'h',
      channel: 'sms',
      step: 0,
      attempt: 1,
      gateway: 'hellovision',
      wireId: '00000000000000000001',
      probing: false,
      probeEnded: false,
      tooOften: 0,
      enqueuedAt: 1_000,
      firstClaimedAt: 2_000,
      settledAt: 3_000,
      meta: {},
      attempts: [],
      outcome: { status: 'delivered', reason: 'delivered', by: 'report' },
    };
    const timeline = timelineOfRecord(record, job);
    expect(timeline).toMatchObject({
      state: 'settled',
      gateway: 'hellovision',
      times: { claimed: '1970-01-01T00:00:02.000Z', settled: '1970-01-01T00:00:03.000Z' },
      result: { status: 'delivered' },
    });
    expect(timeline.queue).toBeUndefined();
    expect(JSON.stringify(timeline)).not.toMatch(/01012345678|안녕/);
  });
});

describe('the timeline of a fallback chain', () => {
  const record: MessageRecord = {
    id: 'm1',
    state: 'accepted',
    version: 3,
    payloadHash: 'h',
    channel: 'lms',
    step: 1,
    attempt: 1,
    gateway: 'smtnt',
    probing: false,
    probeEnded: false,
    tooOften: 0,
    meta: {},
    attempts: [
      {
        channel: 'alimtalk',
        gateway: 'hellovision',
        wireId: '1',
        gatewayCode: '3018',
        reason: 'kakao-not-user',
        at: 1_000,
      },
      { channel: 'lms', gateway: 'hellovision', wireId: '2', gatewayCode: '5', at: 2_000, step: 1 },
    ],
    next: {
      step: 2,
      channel: 'sms',
      onUnknown: 'send',
      job: 'send-default-sms:m2-m1',
      payload: '{"text":"안녕"}',
    },
  };

  it('shows which step it is at, what came of the ones before, and what would follow', () => {
    const timeline = timelineOfRecord(record, undefined);
    expect(timeline).toMatchObject({
      step: 1,
      next: { channel: 'sms', onUnknown: 'send' },
      attempts: [
        { step: 0, channel: 'alimtalk', gatewayCode: '3018', reason: 'kakao-not-user' },
        { step: 1, channel: 'lms', gatewayCode: '5' },
      ],
    });
    expect(JSON.stringify(timeline)).not.toContain('안녕');
  });

  it('shows nothing to follow while the step itself is about to be put into its queue', () => {
    expect(timelineOfRecord({ ...record, state: 'queued', step: 2 }, undefined)).not.toHaveProperty('next');
  });
});

describe('what a cancelled message is recorded as', () => {
  it('has the hash of its normalised form, whatever its spelling', () => {
    const spelled = { ...job, data: { ...data, to: '+821012345678' } };
    expect(messageOfJob('m1', spelled).payloadHash).toBe(messageOfJob('m1', job).payloadHash);
    expect(messageOfJob('m1', job).job).toBe('send-default-sms:m-m1');
  });

  it('takes the channel of its queue where it is not readable', () => {
    expect(messageOfJob('m1', { ...job, queue: 'send-default-lms', data: { channel: 7 } }).channel).toBe(
      'lms',
    );
  });
});
