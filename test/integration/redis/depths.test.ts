import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { queueDepths } from '@pabal/queues';
import { messageOf } from '../fate/sender-play.js';
import { PREFIX, Stage } from '../fate/stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

const NOW = Date.parse('2026-01-31T12:00:00.000Z');
const HOUR_MS = 3_600_000;

async function oldestOf(queue: string): Promise<number | undefined> {
  return (await queueDepths(stage.control, PREFIX, [queue]))[0]?.oldestAt;
}

async function add(queue: string, id: string, timestamp: number, priority?: number): Promise<void> {
  const options = { jobId: `m-${id}`, timestamp, ...(priority === undefined ? {} : { priority }) };
  await stage.producer.queue(queue).add('message', messageOf({ id }), options);
}

describe('the oldest message that is ready in a queue', () => {
  it('is the first of its class, also a bulk one behind those that go before it', async () => {
    await add('send-a-sms', 'normal', NOW - 5_000, 10);
    expect(await oldestOf('send-a-sms')).toBe(NOW - 5_000);
    await add('send-a-sms', 'bulk', NOW - 60_000, 100);
    await add('send-a-sms', 'later-bulk', NOW, 100);
    expect(await oldestOf('send-a-sms')).toBe(NOW - 60_000);
  });

  it('is the first of the urgent ones, which have no priority', async () => {
    await add('urgent-a-sms', 'first', NOW - 2_000);
    await add('urgent-a-sms', 'second', NOW - 1_000);
    expect(await oldestOf('urgent-a-sms')).toBe(NOW - 2_000);
  });

  it('waits since its sendAt where it was scheduled, and not at all before that', async () => {
    const due = messageOf({ id: 'due', sendAt: new Date(NOW).toISOString() });
    await stage.producer.enqueue({ message: due, route: 'b', enqueuedAt: NOW - HOUR_MS }, Date.now());
    const { delayed, waiting } = (await queueDepths(stage.control, PREFIX, ['send-b-sms']))[0] ?? {};
    // Its time is past: whoever takes from the queue moves it to the ready ones first.
    expect([delayed, waiting, await oldestOf('send-b-sms')]).toEqual([1, 0, undefined]);
    await stage.producer.queue('send-b-sms').promoteJobs();
    expect(await oldestOf('send-b-sms')).toBe(NOW);
  });

  it('is nobody in an empty queue', async () => {
    expect(await oldestOf('send-empty-sms')).toBeUndefined();
  });
});
