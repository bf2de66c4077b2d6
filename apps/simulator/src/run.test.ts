import { describe, expect, it } from '@jest/globals';
import type { SimulatorHandle } from './common/index.js';
import { lghvCommand } from './lghv/command.js';
import { aes, packet, RawClient } from './lghv/testing/raw-client.js';
import { bindBody, deliver } from './lghv/testing/world.js';
import { runCommand } from './run.js';

function capture() {
  const lines: string[] = [];
  let end: () => void = () => undefined;
  const stop = new Promise<void>((resolve) => {
    end = resolve;
  });
  const io = {
    out: (line: string) => lines.push(line),
    err: (line: string) => lines.push(`! ${line}`),
    stop,
  };
  return { lines, io, end };
}

const PORTS = ['--grant-port', '0'];

describe('the command', () => {
  it.each([
    [['nothing'], 'unknown gateway nothing'],
    [['lghv', '--unknown'], '--unknown'],
    [['lghv', ...PORTS, '--tps', 'smx=3'], '--tps knows sms, lms, mms, kko, kkf; not smx'],
    [['lghv', ...PORTS, '--tps', 'sms=-3'], 'must be a number'],
    [['lghv', ...PORTS, '--fault', 'nope'], 'unknown fault nope'],
    [['lghv', ...PORTS, '--account', 'x'], '--account must be'],
    [['lghv', ...PORTS, '--key', 'short'], 'crypto.key must have 16 bytes'],
  ])('refuses %j with 2 and says why', async (argv, why) => {
    const { lines, io } = capture();
    expect(await runCommand([lghvCommand], argv, io)).toBe(2);
    expect(lines.join('\n')).toContain(`! ${lines[0]?.slice(2)}`);
    expect(lines[0]).toContain(why);
  });

  it('explains its flags', async () => {
    const { lines, io } = capture();
    expect(await runCommand([lghvCommand], ['lghv', '--help'], io)).toBe(0);
    expect(lines.join('\n')).toContain('--sms-port N');
  });

  it('fails with 1 where a port is taken', async () => {
    const first = await lghvCommand.start(PORTS);
    const { lines, io } = capture();
    const argv = ['lghv', '--grant-port', String(first.ports.grant)];
    expect(await runCommand([lghvCommand], argv, io)).toBe(1);
    expect(lines[0]).toContain('EADDRINUSE');
    await first.close();
  });

  it('prints where it listens, then what it saw, and ends with 1 after a violation', async () => {
    const { lines, io, end } = capture();
    let handle: SimulatorHandle | undefined;
    const watched = {
      ...lghvCommand,
      start: async (flags: readonly string[]) => {
        handle = await lghvCommand.start(flags);
        return handle;
      },
    };
    const argv = ['lghv', ...PORTS, '--tps', 'sms=7', '--account', 'shop:secret:A1+A2', '--seed', '5'];
    const running = runCommand([watched], [...argv, '--report-delay', '10-20'], io);
    while (lines.length < 4) await new Promise((resolve) => setImmediate(resolve));
    expect(lines.map((line) => line.replace(/\d+$/, 'N'))).toEqual([
      'lghv grant on port N',
      'lghv sms on port N',
      'lghv mms on port N',
      'lghv admin on http://127.0.0.1:N',
    ]);
    const client = await RawClient.open(handle?.ports.sms as number);
    client.send(
      packet('b', bindBody({ userId: 'shop', agentId: 'A2', encode: '1', password: aes('secret') })),
    );
    await client.next();
    await deliver(client);
    end();
    expect(await running).toBe(1);
    const summary = lines.slice(4).join('\n');
    expect(summary).toContain('lghv: 1 submits, 1 accepted, 0 refused');
    expect(summary).toContain('shop/A2/sms: 1 submits, at most 1 in a second of 7 granted');
    expect(summary).toContain('grant-before-bind × 1 (LGHV 1.2)');
    client.socket.destroy();
  });
});
