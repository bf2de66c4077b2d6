import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { aesCipher } from './cipher.js';
import { requestGrant } from './grant-request.js';
import { configOf } from './testing/values.js';

const cipher = aesCipher('0123456789abcdef', 'fedcba9876543210');
let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** Asks a server that answers like this. */
async function ask(answer: RequestListener, change: object = {}) {
  const started = createServer(answer);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const { port } = started.address() as AddressInfo;
  return requestGrant(configOf({ grantUrl: `http://127.0.0.1:${port}/goGrant`, ...change }), cipher);
}

describe('GRANT over HTTP', () => {
  it('posts id and password encrypted in a form, and reads the servers', async () => {
    let seen = '';
    const answer = await ask((request, response) => {
      seen = `${request.method} ${request.url} ${request.headers['content-type']} `;
      request.on('data', (chunk: Buffer) => {
        seen += chunk.toString('latin1');
      });
      request.on('end', () =>
        response.end('{"serverInfo":[{"sid":"smsclient1","ip":"1.2.3.4","port":"5001","status":"Y"}]}'),
      );
    });
    // demo and pw1234, encrypted by openssl.
    expect(seen).toBe(
      'POST /goGrant application/x-www-form-urlencoded ' +
        'id=9IC5VT6yapIAODNQir%2BUuA%3D%3D&pw=%2FdZgV0dVWC8ILZhUUP%2BtsQ%3D%3D',
    );
    expect(answer).toMatchObject({ kind: 'servers', servers: [{ sid: 'smsclient1', port: 5001 }] });
  });

  it('reads a FAIL', async () => {
    expect(await ask((_request, response) => response.end('FAIL : NOT FOUND AGENT'))).toEqual({
      kind: 'failed',
      code: 'not-found-agent',
    });
  });

  it.each<[string, RequestListener]>([
    ['an HTTP error', (_request, response) => response.writeHead(502).end('{"serverInfo":[]}')],
    ['an answer without end', (_request, response) => response.end('x'.repeat(64 * 1024 + 1))],
    ['an answer that is none', (_request, response) => response.end('<html>')],
  ])('refuses %s', async (_what, answer) => {
    await expect(ask(answer)).rejects.toMatchObject({ code: 'protocol', reason: 'bad-grant' });
  });

  it('follows no redirect: id and password are for the gateway alone', async () => {
    const asked: string[] = [];
    const redirected = ask((request, response) => {
      asked.push(String(request.url));
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    await expect(redirected).rejects.toMatchObject({ name: 'TypeError' });
    expect(asked).toEqual(['/goGrant']);
  });

  it('gives up after its time', async () => {
    await expect(ask(() => undefined, { grantTimeout: 20 })).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});
