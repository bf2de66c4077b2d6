import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { FakeClock } from './clock.js';
import { readLine } from './line.js';

/** As much of a socket as a line reads of it. */
class Source extends EventEmitter {
  paused = false;

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
  }
}

function read(bytesPerSecond: number | undefined) {
  const source = new Source();
  const clock = new FakeClock();
  const taken: string[] = [];
  const take = (chunk: Buffer): void => {
    taken.push(chunk.toString());
  };
  readLine(source as unknown as Socket, { bytesPerSecond, clock }, take);
  const arrived = () => taken.join('').length;
  return { source, clock, taken, arrived, send: (text: string) => source.emit('data', Buffer.from(text)) };
}

describe('a line', () => {
  it('without a speed passes what comes at once', () => {
    const { send, taken } = read(undefined);
    send('x'.repeat(100_000));
    send('y');
    expect(taken.map(({ length }) => length)).toEqual([100_000, 1]);
  });

  it('does not delay what it has room for', () => {
    const { send, taken } = read(10_000);
    send('a'.repeat(200)); // 20 ms of it
    expect(taken).toEqual(['a'.repeat(200)]);
  });

  it('brings a large frame at its speed, and what follows behind it', () => {
    const { send, clock, arrived, taken } = read(10_000);
    send('a'.repeat(1_200));
    send('b');
    clock.advance(50);
    expect(arrived()).toBe(700);
    clock.advance(50);
    expect(arrived()).toBe(1_200);
    expect(taken.join('').endsWith('b')).toBe(false);
    clock.advance(1);
    expect(taken.join('')).toBe(`${'a'.repeat(1_200)}b`);
  });

  it('holds little itself: its writer waits', () => {
    const { source, send, clock, arrived } = read(1_000_000);
    send('a'.repeat(100_000));
    expect(source.paused).toBe(true);
    clock.advance(100);
    expect(arrived()).toBe(100_000);
    expect(source.paused).toBe(false);
  });

  it('ends with its connection', () => {
    const { source, send, clock, arrived } = read(1_000);
    send('a'.repeat(500));
    source.emit('close');
    clock.advance(10_000);
    expect(arrived()).toBe(20);
  });
});
