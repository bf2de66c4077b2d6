import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseMessage } from '@pabal/message';
import type { Io } from '../command.js';
import { type ListClient, sendFile } from './send-file.js';

const ROWS = 5;

describe('a list that is interrupted while it is sent', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'pabal-list-'));
    const rows = Array.from({ length: ROWS }, (_, i) => `sms,0101234567${i},0212345678,안녕\n`);
    writeFileSync(join(folder, 'list.csv'), ['channel,to,from,text\n', ...rows].join(''));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Sends the list with a client that takes rows one by one and is interrupted when it has taken so many. */
  async function send(interruptAfter: number) {
    const stop = new AbortController();
    if (interruptAfter === 0) stop.abort();
    const taken: unknown[] = [];
    const lines: string[] = [];
    const client: ListClient = {
      check: async (input) => parseMessage(input),
      sendMany: async (items) => {
        for await (const item of items) {
          taken.push(item);
          if (taken.length === interruptAfter) stop.abort();
        }
        const accepted = taken.map((_, index) => ({ index, id: `id-${index}` }));
        return { accepted, refused: [], totals: { accepted: accepted.length, refused: 0 } };
      },
    };
    const io: Io = {
      out: (line) => void lines.push(line),
      outTaken: async () => {},
      err: () => {},
      outRaw: () => {},
      errRaw: () => {},
      readIn: async () => new Uint8Array(),
      inIsTerminal: true,
      outIsTerminal: false,
      errIsTerminal: false,
      columns: 80,
      rows: 24,
      env: {},
      onStop: () => {},
      stopSignal: () => stop.signal,
    };
    const given = { flags: { batch: 'monday' }, words: [] };
    const job = { file: join(folder, 'list.csv'), given, route: 'default' };
    return { code: await sendFile(client, job, io), taken, lines };
  }

  it('tells how much was enqueued, and how to send the rest without sending anything twice', async () => {
    await expect(send(2)).rejects.toMatchObject({
      code: 'cli',
      message:
        'Interrupted: 2 of 5 are enqueued. Repeat the command with --batch monday: what was enqueued is not enqueued twice.',
    });
  });

  it('says that nothing was sent when it is stopped while the rows are checked', async () => {
    await expect(send(0)).rejects.toMatchObject({
      message: 'Interrupted while the rows were checked: nothing was sent.',
    });
  });

  it('is done all the same when nothing was left to send', async () => {
    const { code, lines } = await send(ROWS);
    expect(code).toBe(0);
    expect(lines).toEqual(['5 enqueued, 0 refused; ids of rows without one: monday-<line>']);
  });
});
