import { describe, expect, it } from '@jest/globals';
import { freshSeed, shortStorm } from '../storm/options.js';
import { runStorm } from '../storm/storm.js';

describe('P1 P2 P3 P4 P5: a short storm of every kind of fault, another one in every run', () => {
  it('every message has one result that the gateways confirm, and none was accepted twice', async () => {
    const options = shortStorm(freshSeed());
    const { breaches, ledger } = await runStorm(options, (line) => {
      process.stdout.write(`${line}\n`);
    });
    expect(breaches).toEqual([]);
    expect(ledger.summary['results 0×']).toBeUndefined();
    const counted = Object.entries(ledger.summary).filter(([what]) => /^results \d+×$/.test(what));
    expect(counted.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(options.messages);
  }, 300_000);
});
