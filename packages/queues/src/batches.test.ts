import { describe, expect, it } from '@jest/globals';
import type { MessageV1 } from '@pabal/message';
import { BATCH_FROM, BATCH_SIZE, batchJobId, batchJobOptions, planBatches } from './batches.js';
import { queueName } from './catalogue.js';

const NOW = Date.parse('2026-01-31T00:00:00Z');

function messages(count: number, change: Partial<MessageV1> = {}, prefix = 'm'): MessageV1[] {
  return Array.from({ length: count }, (_, i) => ({
    v: 1,
    id: `${prefix}-${i}`,
    channel: 'sms',
    to: '01012345678',
    from: '15881234',
    text: 'x',
    priority: 'normal',
    ...change,
  }));
}

function plan(all: readonly MessageV1[], route = 'default') {
  const { singles, batches } = planBatches(
    all.map((message) => ({ message, route })),
    NOW,
  );
  return {
    singles: singles.map(({ message }) => message.id),
    batches: batches.map(({ queue, messages: { length } }) => [queueName(queue), length]),
    jobs: batches,
  };
}

describe('choosing batches', () => {
  it('leaves few messages alone, and puts enough of them into one batch', () => {
    expect(plan(messages(BATCH_FROM - 1))).toMatchObject({
      batches: [],
      singles: { length: BATCH_FROM - 1 },
    });
    expect(plan(messages(BATCH_FROM))).toMatchObject({
      batches: [['send-default-sms', BATCH_FROM]],
      singles: [],
    });
  });

  it('makes batches no larger than their size, in the order of the messages', () => {
    const { batches, jobs } = plan(messages(2 * BATCH_SIZE + 7), 'shop');
    expect(batches).toEqual([
      ['send-shop-sms', BATCH_SIZE],
      ['send-shop-sms', BATCH_SIZE],
      ['send-shop-sms', 7],
    ]);
    expect(jobs.flatMap((batch) => batch.messages.map(({ id }) => id))).toEqual(
      messages(2 * BATCH_SIZE + 7).map(({ id }) => id),
    );
  });

  it('keeps channels and priorities apart, each with its priority in the queue', () => {
    const { jobs } = plan([
      ...messages(60, {}, 'a'),
      ...messages(60, { priority: 'bulk' }, 'b'),
      ...messages(60, { channel: 'lms' }, 'c'),
    ]);
    expect(jobs.map((batch) => [queueName(batch.queue), batchJobOptions(batch).priority])).toEqual([
      ['send-default-sms', 10],
      ['send-default-sms', 100],
      ['send-default-lms', 10],
    ]);
  });

  it('never takes urgent, pinned or later ones', () => {
    const apart = [
      ...messages(60, { priority: 'urgent' }, 'urgent'),
      ...messages(60, { gateway: 'smtnt' }, 'pinned'),
      ...messages(60, { sendAt: '2026-01-31T00:00:01.000Z' }, 'later'),
    ];
    expect(plan(apart)).toMatchObject({ batches: [], singles: { length: 180 } });
    expect(plan(messages(60, { sendAt: '2026-01-30T00:00:00.000Z' })).batches).toHaveLength(1);
  });
});

describe('the job id of a batch', () => {
  it('is the same for the same members alone, and one that BullMQ takes', () => {
    expect(batchJobId(['a', 'b'])).toBe(batchJobId(['a', 'b']));
    expect(batchJobId(['a', 'b'])).not.toBe(batchJobId(['ab']));
    expect(batchJobId(['a', 'b'])).not.toBe(batchJobId(['b', 'a']));
    expect(batchJobId(['a'])).toMatch(/^b-[0-9a-f]{24}$/);
  });
});
