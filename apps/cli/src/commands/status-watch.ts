import { setTimeout as sleep } from 'node:timers/promises';
import { isConnectionError } from '@pabal/fate';
import type { FleetStatus } from '@pabal/fleet';
import type { Io } from '../command.js';
import { EXIT } from '../command.js';
import { cut } from '../demo/excerpt.js';
import { localTime } from '../local-time.js';
import { statusLines } from './status-view.js';

/** Top left, and everything below gone. */
const CLEAR = '\x1b[H\x1b[J';

export interface WatchOptions {
  readonly read: () => Promise<FleetStatus>;
  readonly everyMs: number;
  readonly json: boolean;
}

/**
 * Shows the fleet again and again until Ctrl-C: drawn in place on a terminal, one block or JSON line after the other
 * elsewhere. While Redis is away the last picture stands, and says so.
 */
export async function watchStatus({ read, everyMs, json }: WatchOptions, io: Io): Promise<number> {
  const signal = io.stopSignal();
  let before: FleetStatus | undefined;
  while (!signal.aborted) {
    const status = await read().catch((error: unknown) => {
      if (!isConnectionError(error)) throw error;
      return undefined;
    });
    if (json) {
      if (status) io.out(JSON.stringify(status));
    } else show(pictureOf(status, before, everyMs), io);
    before = status ?? before;
    await sleep(everyMs, undefined, { signal }).catch(() => {}); // told to stop: the loop sees it
  }
  if (!json && io.outIsTerminal) io.outRaw('\n');
  return EXIT.done;
}

/** What is drawn: the present look, or the last one while there is none. Pure. */
export function pictureOf(
  status: FleetStatus | undefined,
  before: FleetStatus | undefined,
  everyMs: number,
): string[] {
  if (!status) {
    const last = before ? ['', ...statusLines(before)] : [];
    return ['Redis is not available: waiting for it. Ctrl-C ends this.', ...last];
  }
  const every = `every ${everyMs / 1_000} s, Ctrl-C ends this`;
  return [`${localTime(status.at)}  ${every}`, '', ...statusLines(status, before)];
}

function show(lines: readonly string[], io: Io): void {
  if (!io.outIsTerminal) {
    for (const line of [...lines, '']) io.out(line);
    return;
  }
  io.outRaw(CLEAR + fitted(lines, io).join('\n'));
}

/** What a screen holds: longer lines are cut, and of more lines than it has the last one says how many. Pure. */
export function fitted(lines: readonly string[], { rows, columns }: Pick<Io, 'rows' | 'columns'>): string[] {
  const room = Math.max(2, rows - 1);
  const whole = lines.length <= room;
  const shown = whole ? lines : lines.slice(0, room - 1);
  const rest = whole ? [] : [`… ${lines.length - shown.length} lines more: a higher window shows them`];
  return [...shown, ...rest].map((line) => cut(line, columns - 1));
}
