/** A short share of the hostile input that `npm run hostile` gives to the codecs: one seed for ever, one for today. */
import { describe, expect, it } from '@jest/globals';
import { runHostile } from './harness/run.js';
import { PROTOCOLS } from './protocols.js';

const FRAMES = 2000;
const ALWAYS = 20_251_122;
const today = Number(process.env.PABAL_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

describe.each(PROTOCOLS)('hostile bytes for $name', (protocol) => {
  it.each([ALWAYS, today])('are never misread, never crash, never stay in memory (seed %d)', async (seed) => {
    const { tally, made } = await runHostile(protocol, { frames: FRAMES, seed });
    // A share that reached only one kind of verdict would prove nothing.
    expect(Object.entries(tally).filter(([, count]) => count === 0)).toEqual([]);
    expect(Object.keys(made).length).toBeGreaterThan(protocol.attacks.length);
  });
});
