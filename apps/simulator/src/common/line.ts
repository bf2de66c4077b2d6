import type { Socket } from 'node:net';
import type { Cancel, Clock } from './clock.js';

/** How often a line that has bytes waiting looks for room, ms: as fine as timers are. */
const TICK_MS = 1;
/** So much of a pause may be used at once, ms: a line does not delay what it has room for. */
const BURST_MS = 20;
/** What waits within the line itself; more is left to the kernels on either side. */
const QUEUE_BYTES = 64 * 1024;

/**
 * Reads a connection as fast as it goes or, with `bytesPerSecond`, as a line of that speed brings it: in order, and large
 * frames slowly. It stands within the simulator, so that a stall of the line is one that the simulator knows of.
 */
export function readLine(
  socket: Socket,
  { bytesPerSecond, clock }: { readonly bytesPerSecond: number | undefined; readonly clock: Clock },
  take: (chunk: Buffer) => void,
): void {
  if (bytesPerSecond === undefined) {
    socket.on('data', take);
    return;
  }
  const queue: Buffer[] = [];
  const burst = (bytesPerSecond * BURST_MS) / 1000;
  let queued = 0;
  let room = burst;
  let lookedAt = clock.now();
  let ticking: Cancel | undefined;
  const pass = (): void => {
    ticking = undefined;
    const now = clock.now();
    room = Math.min(burst, room + ((now - lookedAt) * bytesPerSecond) / 1000);
    lookedAt = now;
    for (let [next] = queue; next !== undefined && room >= 1; [next] = queue) {
      const part = next.subarray(0, Math.floor(room));
      if (part.length === next.length) queue.shift();
      else queue[0] = next.subarray(part.length);
      queued -= part.length;
      room -= part.length;
      take(part);
    }
    if (queued < QUEUE_BYTES) socket.resume();
    if (queued > 0) ticking = clock.after(TICK_MS, pass);
  };
  socket.on('data', (chunk: Buffer) => {
    queue.push(chunk);
    queued += chunk.length;
    if (queued >= QUEUE_BYTES) socket.pause();
    if (ticking === undefined) pass();
  });
  socket.on('close', () => {
    ticking?.();
    queue.length = 0;
    queued = 0;
  });
}
