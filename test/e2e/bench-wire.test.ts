import { describe, expect, it } from '@jest/globals';
import { Child } from '../support/index.js';
import { PABAL } from '../support/paths.js';

interface Figure {
  readonly microseconds: number;
  readonly perSecond: number;
}

interface Report {
  readonly baseline: { readonly name: string; readonly encode: Figure; readonly decode: Figure };
  readonly packets: readonly {
    readonly name: string;
    readonly encode: Figure & { readonly timesSmpp: number };
    readonly decode: Figure & { readonly timesSmpp: number };
    readonly compression?: { readonly deflateShare: number; readonly inflateShare: number };
  }[];
  readonly aims: readonly { readonly what: string; readonly found: number }[];
}

describe('pabal bench wire', () => {
  it('measures every packet beside smpp and prints one JSON object', async () => {
    const flags = ['--rounds', '2', '--slice', '1', '--json'];
    const child = new Child('bench', process.execPath, [PABAL, 'bench', 'wire', ...flags]);
    const line = await child.line(/^\{/, 60_000);
    expect(await child.exited).toBe(0);
    const { baseline, packets, aims } = JSON.parse(line) as Report;
    expect(baseline.name).toBe('smpp 0.5.1');
    expect(packets).toHaveLength(11);
    for (const { name, encode, decode, compression } of packets) {
      for (const figure of [encode, decode]) {
        expect(figure.microseconds * figure.perSecond).toBeCloseTo(1_000_000, 0);
        expect(figure.timesSmpp).toBeGreaterThan(0);
      }
      expect(compression !== undefined).toBe(name.startsWith('SMTNT'));
    }
    expect(aims.map(({ what }) => what)).toEqual([
      'LGHV SMS encode, times smpp',
      'LGHV SMS decode, times smpp',
    ]);
  });
});
