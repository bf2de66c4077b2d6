import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Gateway } from './gateway.js';

const LARGEST_BODY_BYTES = 8192;

/** The servers that GRANT names, by kind. */
export interface GrantedPorts {
  readonly sms: number;
  readonly mms: number;
}

/** The listening GRANT server (LGHV 1.3.1). */
export interface GrantServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Answers GRANT: encrypted id and pw in, the list of servers or a FAIL line out. */
export async function startGrant(gateway: Gateway, ports: GrantedPorts): Promise<GrantServer> {
  const { host, grantPort } = gateway.options;
  const server = createServer((request, response) => {
    grant(gateway, ports, request).then(
      (body) => send(response, body),
      () => {
        // What fails here is a request that is broken off or far too large.
        gateway.judge.note('grant-aborted');
        send(response, 'FAIL : ERROR');
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(grantPort, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function grant(gateway: Gateway, ports: GrantedPorts, request: IncomingMessage): Promise<string> {
  const { violations } = gateway.judge;
  const body = await read(request);
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  if (path !== '/goGrant') {
    violations.add('grant-path', `path of ${path.length} characters`);
    return 'FAIL : ERROR';
  }
  if (request.method !== 'POST') {
    violations.add('grant-method', String(request.method));
    return 'FAIL : ERROR';
  }
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') {
    violations.add('grant-content-type', type === '' ? 'none' : String(type));
    return 'FAIL : ERROR';
  }
  const parameters = new URLSearchParams(body);
  const names = [...parameters.keys()].sort().join();
  if (names !== 'id,pw') {
    violations.add('grant-parameters', `${parameters.size} parameters`);
    return 'FAIL : ERROR';
  }
  const { cipher, accounts } = gateway.options;
  const [userId, password] = ['id', 'pw'].map((name) => {
    const plain = cipher.decrypt(parameters.get(name) as string);
    if (!plain) violations.add('grant-encryption', name);
    return plain?.toString('utf8');
  });
  if (userId === undefined || password === undefined) return 'FAIL : NOT FOUND AGENT';
  if (accounts.get(userId)?.password !== password) return 'FAIL : NOT FOUND AGENT';
  const fault = gateway.judge.faults.strike('refuseGrant');
  if (fault) return fault.value === 'agent' ? 'FAIL : NOT FOUND AGENT' : 'FAIL : ERROR';
  gateway.granted(userId);
  gateway.judge.note('granted');
  const { serverStatus } = gateway.settings;
  return JSON.stringify({
    serverInfo: (['sms', 'mms'] as const).map((kind) => ({
      sid: gateway.options.serverIds[kind],
      ip: gateway.options.advertise,
      port: String(ports[kind]),
      status: serverStatus[kind],
    })),
  });
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY_BYTES) throw new RangeError('body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, body: string): void {
  const type = body.startsWith('{') ? 'application/json' : 'text/plain';
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8` });
  response.end(body);
}
