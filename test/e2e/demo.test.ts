import { readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Child, until } from '../support/index.js';
import { PABAL } from '../support/paths.js';
import { commandOf, descendants, stillRunning } from '../support/processes.js';

const ROW = /^demo-\d{3} /;
/** What the simulators must have accepted, by channel: packet types of each gateway. */
const CARRIED: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['sms', ['SMS'], ['4']],
  ['lms', ['LMS'], ['6']],
  ['mms', ['MMS'], ['6']],
  ['alimtalk', ['KKT', 'KKM'], ['7', '71']],
  ['friendtalk', ['KFT', 'KFI', 'KFW'], ['8']],
  ['rcs', [], ['9', '10', '11', '12']],
];

let demo: Child;

function start(...flags: string[]): Child {
  demo = new Child('demo', process.execPath, [PABAL, 'demo', ...flags]);
  return demo;
}

function demoFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('pabal-demo-'));
}

/** The packet types in the line of a channel, by gateway, sorted. */
function carried(lines: readonly string[], channel: string): string[][] {
  const from = lines.findIndex((line) => line.startsWith('What the gateways accepted'));
  const line = lines.slice(from).find((each) => each.startsWith(`  ${channel} `)) ?? '';
  const cells = line.trim().split(/ {2,}/).slice(1);
  return cells.map((cell) =>
    (cell === '-' ? [] : cell.split(' · ').map((part) => part.split(' ')[0] ?? '')).sort(),
  );
}

afterEach(() => demo.stop('SIGTERM'));

describe('the demo', () => {
  it('gives each of at least 320 messages its one result, without a violation, and leaves nothing behind', async () => {
    const folders = demoFolders();
    const run = start();
    await run.line(/^Enqueueing/, 60_000);
    const started = descendants(run.pid);
    expect(started.length).toBeGreaterThanOrEqual(7); // two simulators, two senders, receiver, API, board
    expect(await run.exited).toBe(0);
    const rows = run.lines.filter((line) => ROW.test(line));
    expect(rows.length).toBeGreaterThanOrEqual(320);
    expect(new Set(rows.map((row) => row.split(' ', 1)[0])).size).toBe(rows.length);
    const table = rows.join('\n');
    for (const shown of [
      'failed dead-number',
      'failed handset-off',
      'failed spam-blocked',
      'failed recipient-opted-out',
      'failed kakao-not-user',
      'failed sender-not-registered',
      'failed invalid-message: text must be at most 90 bytes of CP949, it has 117',
      'failed invalid-message: text has characters that CP949 lacks: U+1F381',
      'expired',
      'cancelled',
    ]) {
      expect(table).toContain(shown);
    }
    expect(table).not.toMatch(/\b010\d{8}\b/);
    const summary = run.lines.join('\n');
    for (const [channel, hellovision, smtnt] of CARRIED) {
      const cells = carried(run.lines, channel);
      expect([channel, ...cells]).toEqual([channel, [...hellovision].sort(), [...smtnt].sort()]);
    }
    expect(summary).toContain('over HTTP');
    expect(summary).toContain('#1 DELIVER KKT');
    expect(summary).toContain('#1 MsgSendReq');
    expect(summary).toContain(`Messages     ${rows.length}, of which ${rows.length} have exactly one result`);
    expect(summary.match(/, 0 violations/g)).toHaveLength(2);
    expect(stillRunning(started)).toEqual([]);
    expect(demoFolders()).toEqual(folders);
  });

  it('stays with --keep, and leaves packets to be explained again by the command that it prints', async () => {
    const run = start('--keep');
    await run.line(/^Everything goes on/, 90_000);
    const commands = run.lines.filter((line) => line.startsWith('  npx pabal decode '));
    expect(commands).toHaveLength(2);
    for (const [index, title] of ['#1 DELIVER KKT', '#1 MsgSendReq'].entries()) {
      const words = (commands[index] ?? '').trim().split(' ').slice(2);
      const again = new Child('decode', process.execPath, [PABAL, ...words]);
      expect(await again.exited).toBe(0);
      expect(again.lines[0]).toContain(title);
      expect(again.lines.join('\n')).not.toMatch(/\b010\d{8}\b/);
    }
    run.signal('SIGINT');
    expect(await run.exited).toBe(130);
  });

  it('ends everything that it started when it is interrupted in the middle', async () => {
    const folders = demoFolders();
    const run = start();
    await run.line(/results: [1-9]\d* of/, 60_000);
    const started = descendants(run.pid);
    run.signal('SIGINT');
    expect(await run.exited).toBe(130);
    expect(stillRunning(started)).toEqual([]);
    expect(demoFolders()).toEqual(folders);
  });

  it('leaves no process behind even when it is killed', async () => {
    const folders = demoFolders();
    const run = start();
    await run.line(/^Enqueueing/, 60_000);
    const started = descendants(run.pid);
    run.signal('SIGKILL');
    await run.exited;
    // Its Redis goes with it: a sender with messages in flight may use up its drain limit of 25 s.
    await until('no process of it', () => stillRunning(started).length === 0, 45_000, 200);
    const left = demoFolders().filter((name) => !folders.includes(name)); // nobody is there to remove it
    for (const name of left) rmSync(join(tmpdir(), name), { recursive: true });
  });

  it('says which process was lost, ends the others and fails', async () => {
    const run = start();
    await run.line(/^Enqueueing/, 60_000);
    const started = descendants(run.pid);
    const [victim] = descendants(run.pid).filter((pid) => commandOf(pid).includes(' receiver '));
    if (victim === undefined) throw new Error('there is no receiver');
    process.kill(victim, 'SIGKILL');
    expect(await run.exited).toBe(1);
    expect(run.lines.join('\n')).toContain('receiver ended by itself (SIGKILL)');
    expect(stillRunning(started)).toEqual([]);
  });
});
