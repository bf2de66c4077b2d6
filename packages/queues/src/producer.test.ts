import { describe, expect, it } from '@jest/globals';
import { type MessageInput, type MessageV1, parseMessage } from '@pabal/message';
import { messageJobOptions } from './producer.js';

const now = Date.parse('2026-12-01T00:00:00Z');

function message(change: Partial<MessageInput> = {}): MessageV1 {
  const parsed = parseMessage({
    id: '12345',
    channel: 'sms',
    to: '01012345678',
    from: '15881234',
    text: 'x',
    ...change,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.message;
}

describe('the options of a message’s job', () => {
  it('fold repeats, try once, keep nothing that ended well, and what failed for a week', () => {
    expect(messageJobOptions(message(), now)).toEqual({
      jobId: 'm-12345',
      attempts: 1,
      timestamp: now,
      priority: 10,
      removeOnComplete: true,
      removeOnFail: { age: 604_800, count: 100_000 },
    });
  });

  it.each([
    ['bulk', 100],
    ['normal', 10],
    ['urgent', undefined],
  ] as const)('of a message that is %s have the priority %s', (priority, expected) => {
    expect(messageJobOptions(message({ priority }), now).priority).toBe(expected);
  });

  it('delay a message until its sendAt, and one whose time has come not at all', () => {
    const options = (sendAt: string) => messageJobOptions(message({ sendAt }), now);
    expect(options('2026-12-01T00:00:01Z').delay).toBe(1_000);
    expect(options('2026-12-01T00:00:00Z')).not.toHaveProperty('delay');
    expect(options('2026-11-30T23:59:59Z')).not.toHaveProperty('delay');
  });

  it('say when it was enqueued first, and count the delay from there, as BullMQ does', () => {
    const { timestamp, delay } = messageJobOptions(
      message({ sendAt: '2026-12-01T00:00:01Z' }),
      now,
      now - 5_000,
    );
    expect([timestamp, delay]).toEqual([now - 5_000, 6_000]);
  });
});
