import { describe, expect, it } from '@jest/globals';
import type { ResultV1 } from '@pabal/message';
import { RedisUnavailable } from './errors.js';
import { followMessage } from './follow.js';
import type { MessageTimeline } from './timeline.js';

const at = (state: MessageTimeline['state'], result?: Partial<ResultV1>) =>
  ({ id: 'm', state, step: 0, attempt: 1, times: {}, attempts: [], result }) as unknown as MessageTimeline;

function looks(...answers: (MessageTimeline | undefined | Error)[]) {
  const pauses: number[] = [];
  const status = async () => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const pause = async (ms: number, signal?: AbortSignal) => {
    signal?.throwIfAborted();
    pauses.push(ms);
  };
  return { pauses, deps: { status, pause } };
}

describe('following a message', () => {
  it('tells each change once and ends with the result, whatever Redis does in between', async () => {
    const done = at('settled', { status: 'delivered' });
    const { deps } = looks(at('queued'), at('queued'), new RedisUnavailable('gone'), at('accepted'), done);
    const seen: string[] = [];
    const result = await followMessage({ onChange: ({ state }) => seen.push(state) }, deps);
    expect(result).toEqual({ status: 'delivered' });
    expect(seen).toEqual(['queued', 'accepted', 'settled']);
  });

  it('gives up on a message that nobody knows after ten looks', async () => {
    const { pauses, deps } = looks(undefined);
    await expect(followMessage({ intervalMs: 7 }, deps)).rejects.toMatchObject({ code: 'not-found' });
    expect(pauses).toEqual(new Array(9).fill(7));
  });

  it('ends with the reason of its signal', async () => {
    const { deps } = looks(at('queued'));
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(followMessage({ signal }, deps)).rejects.toThrow('enough');
  });
});
