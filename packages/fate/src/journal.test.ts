import { describe, expect, it } from '@jest/globals';
import { Journal } from './journal.js';

async function redone(journal: Journal, at: number, log: string[]): Promise<string[]> {
  log.length = 0;
  for (const redo of journal.recent(at)) await redo();
  return [...log];
}

describe('the journal', () => {
  const log: string[] = [];
  const noted = (journal: Journal, key: string, at: number, what = key) =>
    journal.note(key, at, async () => void log.push(what));

  it('gives back what was noted, oldest first', async () => {
    const journal = new Journal(10_000);
    for (const [at, key] of ['a', 'b', 'c'].entries()) noted(journal, key, at);
    expect(await redone(journal, 5, log)).toEqual(['a', 'b', 'c']);
  });

  it('keeps the last step of each key alone, in the order of the last steps', async () => {
    const journal = new Journal(10_000);
    noted(journal, 'a', 0, 'a claimed');
    noted(journal, 'b', 1, 'b claimed');
    noted(journal, 'a', 2, 'a accepted');
    expect(await redone(journal, 5, log)).toEqual(['b claimed', 'a accepted']);
    expect(journal.size).toBe(2);
  });

  it('forgets what is older than its memory, and grows no further', async () => {
    const journal = new Journal(10);
    for (let at = 0; at <= 100; at++) noted(journal, `message ${at}`, at);
    expect(journal.size).toBe(11);
    expect(await redone(journal, 105, log)).toEqual(
      ['95', '96', '97', '98', '99', '100'].map((n) => `message ${n}`),
    );
  });

  it('asked for an earlier time keeps what was in memory then', async () => {
    const journal = new Journal(10);
    noted(journal, 'stored', 100);
    expect(await redone(journal, 105, log)).toEqual(['stored']);
    expect(await redone(journal, 111, log)).toEqual([]);
  });
});
