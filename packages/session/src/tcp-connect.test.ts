import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from './clock.js';
import { tcpConnect } from './connect.js';
import { TcpSession } from './tcp-session.js';
import { quiet } from './testing/scripted-peer.js';
import { lineDeps, policy, type TextSubmit, textDialect, textSubmit } from './testing/text-dialect.js';

let server: Server | undefined;
afterEach(() => void server?.close());

/** A server that logs in whoever comes and acks every submit. */
async function listen(): Promise<number> {
  const greet = (socket: Socket): void => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      for (const line of chunk.toString('latin1').trimEnd().split('\n')) {
        const [word, id] = line.split(' ');
        if (word === 'login') socket.write('welcome sms=100\n');
        if (word === 'submit') socket.write(`ack ${id} 0\n`);
        if (word === 'bye') socket.end('bye\n');
      }
    });
  };
  const listening = createServer(greet);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

describe('TCP session over a real socket', () => {
  it('logs in, writes many submits in one tick without bytes waiting, and logs out', async () => {
    const port = await listen();
    const clock = new FakeClock();
    let ready: () => void = () => undefined;
    const isReady = new Promise<void>((resolve) => (ready = resolve));
    const session = new TcpSession<TextSubmit>({
      spec: {
        name: 's',
        channels: ['sms'],
        dialect: textDialect,
        endpoint: () => ({ host: '127.0.0.1', port }),
      },
      deps: lineDeps(clock).deps,
      policy,
      connect: tcpConnect,
      hooks: {
        opened: () => undefined,
        transition: (_from, to) => {
          if (to === 'ready') ready();
        },
        refused: () => undefined,
        rests: () => undefined,
        capacity: () => undefined,
        reserved: () => false,
      },
    });
    await isReady;
    const outcomes = Array.from({ length: 50 }, (_, i) => {
      const submission = session.submit('sms', textSubmit(`${i}`));
      return submission.written ? submission.outcome : Promise.reject(new Error(submission.why));
    });
    for (const outcome of await Promise.all(outcomes)) expect(outcome).toMatchObject({ kind: 'accepted' });
    await session.drain(1000);
    await quiet();
    expect(session.status(0)).toMatchObject({ state: 'closed', reason: 'drained', inFlight: 0 });
    expect(clock.armed).toBe(0);
  });

  it('backs off when nobody listens', async () => {
    const port = await listen();
    await new Promise((resolve) => server?.close(resolve));
    let failed: (reason: string | undefined) => void = () => undefined;
    const reason = new Promise<string | undefined>((resolve) => (failed = resolve));
    const session = new TcpSession<TextSubmit>({
      spec: {
        name: 's',
        channels: ['sms'],
        dialect: textDialect,
        endpoint: () => ({ host: '127.0.0.1', port }),
      },
      deps: lineDeps(new FakeClock()).deps,
      policy,
      connect: tcpConnect,
      hooks: {
        opened: () => undefined,
        transition: (_from, _to, why) => failed(why),
        refused: () => undefined,
        rests: () => undefined,
        capacity: () => undefined,
        reserved: () => false,
      },
    });
    await expect(reason).resolves.toBe('socket-error');
    session.close('done');
  });
});
