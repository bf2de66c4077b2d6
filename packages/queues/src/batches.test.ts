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
  it('leaves few messages alone, and puts enough of them into batches', () => {
    expect(plan(messages(BATCH_FROM - 1))).toMatchObject({
      batches: [],
      singles: { length: BATCH_FROM - 1 },
    });
    expect(plan(messages(BATCH_FROM))).toMatchObject({
      batches: Array.from({ length: BATCH_FROM / BATCH_SIZE }, () => ['send-default-sms', BATCH_SIZE]),
      singles: [],
    });
  });

  it('makes batches no larger than their size, in the order of the messages', () => {
    const all = messages(BATCH_FROM + 7);
    const { batches, jobs } = plan(all, 'shop');
    expect(batches.slice(-2)).toEqual([
      ['send-shop-sms', BATCH_SIZE],
      ['send-shop-sms', 7],
    ]);
    expect(jobs.flatMap((batch) => batch.messages.map(({ id }) => id))).toEqual(all.map(({ id }) => id));
  });

  it('keeps channels and priorities apart, each with its priority in the queue', () => {
    const { jobs } = plan([
      ...messages(BATCH_FROM, {}, 'a'),
      ...messages(BATCH_FROM, { priority: 'bulk' }, 'b'),
      ...messages(BATCH_FROM, { channel: 'lms' }, 'c'),
    ]);
    const kinds = jobs.map((batch) => `${queueName(batch.queue)} ${batchJobOptions(batch, NOW).priority}`);
    expect([...new Set(kinds)]).toEqual([
      'send-default-sms 10',
      'send-default-sms 100',
      'send-default-lms 10',
    ]);
    for (const batch of jobs) expect(new Set(batch.messages.map(({ id }) => id[0])).size).toBe(1);
  });

  it('never takes urgent, pinned or later ones', () => {
    const apart = [
      ...messages(BATCH_FROM, { priority: 'urgent' }, 'urgent'),
      ...messages(BATCH_FROM, { gateway: 'smtnt' }, 'pinned'),
      ...messages(BATCH_FROM, { sendAt: '2026-01-31T00:00:01.000Z' }, 'later'),
    ];
    expect(plan(apart)).toMatchObject({ batches: [], singles: { length: 3 * BATCH_FROM } });
    expect(plan(messages(BATCH_FROM, { sendAt: '2026-01-30T00:00:00.000Z' })).batches).not.toEqual([]);
  });
});

describe('the job id of a batch', () => {
  it('is the same for the same messages alone, and one that BullMQ takes', () => {
    const [two, three] = [messages(2), messages(3)];
    expect(batchJobId(two)).toBe(batchJobId(messages(2)));
    expect(batchJobId(two)).not.toBe(batchJobId(three));
    expect(batchJobId(two)).not.toBe(batchJobId([...two].reverse()));
    expect(batchJobId(two)).not.toBe(batchJobId(messages(2, { text: 'y' })));
    expect(batchJobId(two)).toMatch(/^b-[0-9a-f]{24}$/);
  });
});
