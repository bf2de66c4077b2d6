import { describe, expect, it } from '@jest/globals';
import { packTurns, type Script, script, type Turn } from './script.js';
import { Together } from './together.js';

const accept = script('accept', 'return {KEYS[1], ARGV[1]}');
const settle = script('settle', 'return {ARGV[1]}');

interface Sent {
  readonly step: Script;
  readonly turns: readonly Turn[];
  readonly answer: (answer: unknown) => void;
  readonly fail: (error: Error) => void;
}

/** Steps that go nowhere: whoever sent them is answered by the test, as Redis would. */
function gathered() {
  const sent: Sent[] = [];
  const together = new Together(
    (step, turns) =>
      new Promise((resolve, fail) => {
        sent.push({ step, turns, answer: (answers) => resolve(JSON.stringify(answers)), fail });
      }),
  );
  const run = (step: Script, keys: string[], args: (string | number)[]) => together.run(step, { keys, args });
  return { sent, run };
}

const tickOver = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('steps of one tick', () => {
  it('go as one where they are of one kind, each with its own keys and arguments', async () => {
    const { sent, run } = gathered();
    const answers = Promise.all([
      run(accept, ['m:1'], ['w1']),
      run(settle, [], ['x']),
      run(accept, ['m:2', 'extra'], ['w2', 7]),
    ]);
    expect(sent).toEqual([]);
    await tickOver();
    expect(sent).toMatchObject([
      {
        step: accept,
        turns: [
          { keys: ['m:1'], args: ['w1'] },
          { keys: ['m:2', 'extra'], args: ['w2', 7] },
        ],
      },
      { step: settle, turns: [{ keys: [], args: ['x'] }] },
    ]);
    sent[0]?.answer([['done', 1], ['passed']]);
    sent[1]?.answer([['settled']]);
    expect(await answers).toEqual([['done', 1], ['settled'], ['passed']]);
  });

  it('are not held until the next one: what comes later goes by itself', async () => {
    const { sent, run } = gathered();
    void run(accept, ['m:1'], ['w1']);
    await tickOver();
    void run(accept, ['m:2'], ['w2']);
    await tickOver();
    expect(sent.map(({ turns }) => turns.map(({ keys }) => keys))).toEqual([[['m:1']], [['m:2']]]);
  });

  it('of which there are many go as several, so that Redis has time for others', async () => {
    const { sent, run } = gathered();
    const all = Array.from({ length: 70 }, (_, i) => run(accept, [`m:${i}`], []));
    await tickOver();
    expect(sent.map(({ turns }) => turns.length)).toEqual([32, 32, 6]);
    for (const { turns, answer } of sent) answer(turns.map(({ keys }) => keys));
    expect((await Promise.all(all)).map(([key]) => key)).toEqual(all.map((_, i) => `m:${i}`));
  });

  it('that are long go by themselves', async () => {
    const { sent, run } = gathered();
    const ids = Array.from({ length: 1_500 }, (_, i) => `id-${i}`);
    for (const args of [ids, ['w1'], ids, ids]) void run(accept, [], args);
    await tickOver();
    expect(sent.map(({ turns }) => turns.map(({ args }) => args.length))).toEqual([
      [1_500, 1],
      [1_500],
      [1_500],
    ]);
  });

  it('fail each by itself when Redis refuses one, with what Redis said of it', async () => {
    const { sent, run } = gathered();
    const [good, full, old] = ['m:1', 'm:2', 'm:3'].map((key) => run(accept, [key], []));
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

  it('fail where Redis left one of them without an answer', async () => {
    const { sent, run } = gathered();
    const [good, left] = ['m:1', 'm:2'].map((key) => run(accept, [key], []));
    await tickOver();
    sent[0]?.answer([['done']]);
    expect(await good).toEqual(['done']);
    await expect(left).rejects.toThrow('step accept left a turn without an answer');
  });

  it('fail together when the connection does', async () => {
    const { sent, run } = gathered();
    const both = ['m:1', 'm:2'].map((key) => run(accept, [key], []));
    const settled = Promise.allSettled(both);
    await tickOver();
    sent[0]?.fail(new Error('Connection is closed.'));
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});

describe('what Redis is given and gives', () => {
  it('is a key by which a cluster finds the place, and every turn in one text', () => {
    const turns = [
      { keys: [], args: ['x'] },
      { keys: ['m:1', 'w:2'], args: ['다섯', 5] },
    ];
    expect(packTurns(turns)).toEqual([1, 'm:1', '[[[],["x"]],[["m:1","w:2"],["다섯","5"]]]']);
    expect(packTurns([{ keys: [], args: [] }])).toEqual([0, '[[[],[]]]']);
  });

  it('is a list as Redis itself would give it: no table is empty otherwise, false is nothing, true is 1', async () => {
    const { sent, run } = gathered();
    const answer = run(accept, ['m:1'], []);
    await tickOver();
    sent[0]?.answer([['passed', {}, false, true, 7, ['s', 'a', false]]]);
    expect(await answer).toEqual(['passed', [], null, 1, 7, ['s', 'a', null]]);
    const empty = run(settle, [], []);
    await tickOver();
    sent[1]?.answer([{}]);
    expect(await empty).toEqual([]);
  });
});
