import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { captured, must } from './process.mjs';

const node = (script, options = {}) =>
  captured(process.execPath, ['-e', script], { cwd: '.', limitMs: 10_000, ...options });

describe('captured', () => {
  it('keeps both streams and the exit code', async () => {
    const outcome = await node("console.log('out'); console.error('err'); process.exitCode = 3");
    expect(outcome).toMatchObject({ code: 3, ended: undefined });
    expect(outcome.output).toContain('out\n');
    expect(outcome.output).toContain('err\n');
  });

  it('gives no standard input to wait for', async () => {
    expect(await node("process.stdin.resume().on('end', () => process.exit(0))")).toMatchObject({ code: 0 });
  });

  it('takes a program that a signal ended for a failed one', async () => {
    expect(await node("process.kill(process.pid, 'SIGKILL')")).toMatchObject({ code: 1 });
  });

  it('ends a program and what it started at the limit', async () => {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const gone = once(server, 'connection').then(([socket]) => once(socket.resume(), 'close'));
    const child = `require('node:net').connect(${server.address().port}, '127.0.0.1').on('error', () => {})`;
    const script = `
      require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'ignore' });
      setInterval(() => {}, 1000);`;
    const { code, ended } = await node(script, { limitMs: 4_000 });
    expect(code).toBe(1);
    expect(ended).toContain('ended after');
    await gone;
    server.close();
  });

  it('says so where there is no such program', async () => {
    await expect(captured('no-such-program', [], { cwd: '.', limitMs: 1_000 })).rejects.toThrow(
      'no-such-program',
    );
  });
});

describe('must', () => {
  it('fails with what was printed and how it ended', async () => {
    const failing = must(process.execPath, ['-e', "console.error('why'); process.exit(2)"], {
      cwd: '.',
      limitMs: 10_000,
    });
    await expect(failing).rejects.toThrow(/^why\n.*exit code 2$/s);
  });
});
