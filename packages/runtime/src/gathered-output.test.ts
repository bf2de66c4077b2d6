import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '@pabal/session';
import { GATHER_CHARACTERS, GATHER_MS, GatheredOutput } from './gathered-output.js';

function gathering() {
  const clock = new FakeClock();
  const written: string[] = [];
  const output = new GatheredOutput({ write: (lines) => void written.push(lines) }, clock);
  return { clock, written, output };
}

describe('gathered output', () => {
  it('writes what came within a moment as one text, in its order', () => {
    const { clock, written, output } = gathering();
    output.write('a\n');
    clock.advance(GATHER_MS - 1);
    output.write('b\n');
    expect(written).toEqual([]);
    clock.advance(1);
    expect(written).toEqual(['a\nb\n']);
    output.write('c\n');
    clock.advance(GATHER_MS);
    expect(written).toEqual(['a\nb\n', 'c\n']);
  });

  it('does not wait once there is enough', () => {
    const { clock, written, output } = gathering();
    output.write('a\n');
    const long = `${'b'.repeat(GATHER_CHARACTERS)}\n`;
    output.write(long);
    expect(written).toEqual([`a\n${long}`]);
    clock.advance(10 * GATHER_MS);
    expect(written).toHaveLength(1);
  });

  it('writes at once when the process ends, and nothing where there is nothing', () => {
    const { written, output } = gathering();
    output.flushSync();
    output.write('a\n');
    output.flushSync();
    output.flushSync();
    expect(written).toEqual(['a\n']);
  });
});
