import { describe, expect, it } from '@jest/globals';
import { type ResultV1, reasonOf } from '@pabal/message';
import { handleResult, resultRetryMs, resultsQueueName } from './results.js';

const result: ResultV1 = {
  v: 1,
  id: 'm1',
  status: 'delivered',
  reason: reasonOf('delivered'),
  retryable: false,
  channel: 'sms',
  attempts: [],
  times: {},
};

describe('a result', () => {
  it('is done once its handler has finished', async () => {
    const seen: string[] = [];
    expect(await handleResult(result, ({ id }) => void seen.push(id))).toEqual({ kind: 'done' });
    expect(seen).toEqual(['m1']);
  });

  it('is not done when its handler throws', async () => {
    await expect(handleResult(result, () => Promise.reject(new Error('database away')))).rejects.toThrow();
  });

  it('never reaches the handler when it is none', async () => {
    const handler = () => {
      throw new Error('must not be called');
    };
    expect(await handleResult({ v: 2 }, handler)).toMatchObject({ kind: 'failed' });
  });

  it.each([
    [1, 1_000],
    [2, 2_000],
    [9, 256_000],
    [10, 300_000],
    [1_000_000, 300_000],
  ])('that failed %i times comes again after %i ms', (starts, ms) => {
    expect(resultRetryMs(starts)).toBe(ms);
  });

  it('stands in a queue called results, or results and a name', () => {
    expect(resultsQueueName()).toBe('results');
    expect(resultsQueueName('results-shop')).toBe('results-shop');
    expect(() => resultsQueueName('send-default-sms')).toThrow(RangeError);
  });
});
