import { describe, expect, it } from '@jest/globals';
import { type Lua, script } from './script.js';
import { Together } from './together.js';

const accept = script('accept', 'return {KEYS[1], ARGV[1]}');
const settle = script('settle', 'return {ARGV[1]}');

interface Sent {
  readonly lua: Lua;
  readonly keys: readonly string[];
  readonly args: readonly (string | number)[];
  readonly answer: (answer: unknown) => void;
  readonly fail: (error: Error) => void;
}

/** Steps that go nowhere: whoever sent them is answered by the test. */
function gathered() {
  const sent: Sent[] = [];
  const together = new Together(
    (lua, keys, args) =>
      new Promise((answer, fail) => {
        sent.push({ lua, keys, args, answer, fail });
      }),
  );
  return { sent, together };
}

const tickOver = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('steps of one tick', () => {
  it('go as one where they are of one kind, each with its own keys and arguments', async () => {
    const { sent, together } = gathered();
    const answers = Promise.all([
      together.run(accept, ['m:1'], ['w1']),
      together.run(settle, [], ['x']),
      together.run(accept, ['m:2', 'extra'], ['w2', 7]),
    ]);
    expect(sent).toEqual([]);
    await tickOver();
    expect(sent).toMatchObject([
      { lua: accept.many, keys: ['m:1', 'm:2', 'extra'], args: [2, 1, 1, 'w1', 2, 2, 'w2', 7] },
      { lua: settle, keys: [], args: ['x'] },
    ]);
    sent[0]?.answer([['done', 1], ['passed']]);
    sent[1]?.answer(['settled']);
    expect(await answers).toEqual([['done', 1], ['settled'], ['passed']]);
  });

  it('are not held until the next one: what comes later goes by itself', async () => {
    const { sent, together } = gathered();
    void together.run(accept, ['m:1'], ['w1']);
    await tickOver();
    void together.run(accept, ['m:2'], ['w2']);
    await tickOver();
    expect(sent.map(({ keys }) => keys)).toEqual([['m:1'], ['m:2']]);
  });

  it('of which there are many go as several, so that Redis has time for others', async () => {
    const { sent, together } = gathered();
    const all = Array.from({ length: 70 }, (_, i) => together.run(accept, [`m:${i}`], []));
    await tickOver();
    expect(sent.map(({ keys }) => keys.length)).toEqual([32, 32, 6]);
    for (const { keys, answer } of sent) answer(keys.map((key) => [key]));
    expect((await Promise.all(all)).map(([key]) => key)).toEqual(all.map((_, i) => `m:${i}`));
  });

  it('that are long go by themselves', async () => {
    const { sent, together } = gathered();
    const ids = Array.from({ length: 1_500 }, (_, i) => `id-${i}`);
    for (const args of [ids, ['w1'], ids, ids]) void together.run(accept, [], args);
    await tickOver();
    expect(sent.map(({ args }) => args.length)).toEqual([1_506, 1_500, 1_500]);
  });

  it('fail each by itself when Redis refuses one, with what Redis said of it', async () => {
    const { sent, together } = gathered();
    const [good, full, old] = ['m:1', 'm:2', 'm:3'].map((key) => together.run(accept, [key], []));
    await tickOver();
    sent[0]?.answer([
      ['done'],
      ['!', 'OOM command not allowed'],
      ['!', '@user_script: 12: -OOM command not allowed'],
    ]);
    expect(await good).toEqual(['done']);
    await expect(full).rejects.toThrow(/^OOM command/);
    await expect(old).rejects.toThrow(/^OOM command/);
  });

  it('fail together when the connection does', async () => {
    const { sent, together } = gathered();
    const both = ['m:1', 'm:2'].map((key) => together.run(accept, [key], []));
    const settled = Promise.allSettled(both);
    await tickOver();
    sent[0]?.fail(new Error('Connection is closed.'));
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
