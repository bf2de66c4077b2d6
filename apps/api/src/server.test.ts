import { describe, expect, it } from '@jest/globals';
import { createLogger, type Sections } from '@pabal/runtime';
import { FakeClock } from '@pabal/session';
import { z } from 'zod';
import { hashApiKey, KeyRing } from './caller.js';
import { operation } from './operation.js';
import { makeServer } from './server.js';
import type { Services } from './services.js';

const KEY = 'pabal_shop-key';
const READER = 'pabal_reader-key';

const echo = operation({
  method: 'POST',
  path: '/v1/things',
  id: 'echo',
  tag: 'Things',
  summary: 'Gives back what it got',
  scope: 'send',
  query: z.strictObject({ route: z.string().default('default') }),
  body: { 'application/json': { schema: z.unknown() } },
  answers: { 200: { description: 'ok' } },
  problems: [],
  handle: ({ body, query, caller }) => ({ status: 200, body: { body, query, by: caller.name } }),
});

const look = operation({
  method: 'GET',
  path: '/v1/things/{id}',
  id: 'look',
  tag: 'Things',
  summary: 'Looks',
  scope: 'read',
  params: z.strictObject({ id: z.string().regex(/^[a-z]+$/, 'letters') }),
  answers: { 200: { description: 'ok' } },
  problems: [],
  handle: ({ params }) => {
    if (params.id === 'broken') throw new Error('the number 01012345678 broke it');
    return { status: 200, body: params };
  },
});

const alive = operation({
  method: 'GET',
  path: '/healthz',
  id: 'alive',
  tag: 'Operation',
  summary: 'Is it alive?',
  scope: 'open',
  answers: { 200: { description: 'ok' } },
  problems: [],
  handle: () => ({ status: 200, body: {} }),
});

function server({ keys = true, bodyLimit = 10_000 } = {}) {
  const lines: string[] = [];
  const configured: Sections['api']['keys'] = [
    { name: 'shop', hash: hashApiKey(KEY), scopes: ['send', 'read'] },
    { name: 'reader', hash: hashApiKey(READER), scopes: ['read'] },
  ];
  const app = makeServer({
    operations: [echo, look, alive],
    keys: new KeyRing(keys ? configured : []),
    services: { stopping: () => false } as Services,
    limits: { bodyLimit, maxConnections: 10, requestTimeout: 1_000 },
    clock: new FakeClock(),
    log: createLogger({
      level: 'info',
      name: 'test',
      destination: { write: (line) => void lines.push(line) },
    }),
  });
  const post = (payload: string | Buffer, headers: Record<string, string> = {}, url = '/v1/things') =>
    app.inject({
      method: 'POST',
      url,
      payload,
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', ...headers },
    });
  const get = (url: string, headers: Record<string, string> = {}) =>
    app.inject({ url, headers: { authorization: `Bearer ${KEY}`, ...headers } });
  return { app, lines, post, get };
}

describe('a good request', () => {
  it('gets what its operation answers, with its request id and the name of its key in the log', async () => {
    const { post, lines } = server();
    const answer = await post('{"a":1}', { 'x-request-id': 'order-7' }, '/v1/things?route=night');
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      { body: { a: 1 }, query: { route: 'night' }, by: 'shop' },
    ]);
    expect(answer.headers['x-request-id']).toBe('order-7');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      msg: 'api.request',
      method: 'POST',
      route: '/v1/things',
      status: 200,
      client: 'shop',
      requestId: 'order-7',
    });
  });

  it('is logged by the pattern of its path, never by the values in it', async () => {
    const { get, lines } = server();
    await get('/v1/things/secretpath?phone=01012345678');
    await get('/nowhere/01012345678');
    expect(lines.join('')).not.toMatch(/secretpath|01012345678/);
  });

  it.each(['', 'a b', '01012345678', '010-1234-5678', 'x'.repeat(65)])(
    'gets an id of ours where it calls itself %j',
    async (id) => {
      const { get } = server();
      const answer = await get('/v1/things/a', { 'x-request-id': id });
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    },
  );
});

describe('a key', () => {
  it.each([
    ['none', undefined, 'key-required'],
    ['another scheme', 'Basic c2hvcDprZXk=', 'key-required'],
    ['an unknown one', 'Bearer pabal_guess', 'key-unknown'],
    ['the hash of one', `Bearer ${hashApiKey(KEY)}`, 'key-unknown'],
  ])('that is %s is refused', async (_name, authorization, code) => {
    const { app, lines } = server();
    const headers = authorization === undefined ? {} : { authorization };
    const answer = await app.inject({ url: '/v1/things/a', headers });
    expect([answer.statusCode, answer.json().code]).toEqual([401, code]);
    expect(answer.headers['www-authenticate']).toContain('Bearer');
    expect(lines.join('')).not.toContain('guess');
  });

  it('may do what its scopes say and nothing else', async () => {
    const { get, post } = server();
    const reader = { authorization: `Bearer ${READER}` };
    expect((await get('/v1/things/a', reader)).statusCode).toBe(200);
    const answer = await post('{}', reader);
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'scope-missing']);
  });

  it('is asked for also where there is no path, and not where nobody needs one', async () => {
    const { app } = server();
    expect((await app.inject({ url: '/nowhere' })).statusCode).toBe(401);
    expect((await app.inject({ url: '/healthz' })).statusCode).toBe(200);
  });
});

describe('without keys', () => {
  it('this machine may do everything', async () => {
    const { app } = server({ keys: false });
    for (const host of ['localhost:8080', '127.0.0.1:8080', '[::1]:8080']) {
      expect((await app.inject({ url: '/v1/things/a', headers: { host } })).statusCode).toBe(200);
    }
  });

  it.each([
    ['a foreign name that was pointed here', { host: 'rebound.example' }],
    ['a page of another site', { host: 'localhost', origin: 'https://other.example' }],
    ['a form of another site', { host: 'localhost', 'sec-fetch-site': 'cross-site' }],
  ])('%s may nothing', async (_name, headers) => {
    const { app } = server({ keys: false });
    const answer = await app.inject({ url: '/v1/things/a', headers });
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'host-refused']);
  });
});

describe('what cannot be read is refused as problem details', () => {
  it.each<[string, string | Buffer, Record<string, string>, number, string]>([
    ['broken JSON', '{"to":"01012345678"', {}, 400, 'malformed-json'],
    ['JSON with more behind it', '{} {}', {}, 400, 'malformed-json'],
    ['a body in EUC-KR', Buffer.from([0x22, 0xb0, 0xa1, 0x22]), {}, 400, 'malformed-json'],
    ['a field __proto__', '{"__proto__":{"admin":true}}', {}, 400, 'malformed-json'],
    ['a field __proto__ in disguise', '{"\\u005f_proto_\\u005f": 1}', {}, 400, 'malformed-json'],
    [
      'another charset',
      '{}',
      { 'content-type': 'application/json; charset=euc-kr' },
      415,
      'unsupported-media-type',
    ],
    ['a form', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'unsupported-media-type'],
    ['a picture', '{}', { 'content-type': 'image/jpeg' }, 415, 'unsupported-media-type'],
    ['a compressed body', '{}', { 'content-encoding': 'gzip' }, 415, 'unsupported-media-type'],
    ['a body that is too long', `"${'x'.repeat(10_001)}"`, {}, 413, 'body-too-large'],
  ])('%s', async (_name, payload, headers, status, code) => {
    const { post } = server();
    const answer = await post(payload, headers);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({
      status,
      type: `/docs#problem-${code}`,
      requestId: expect.any(String),
    });
    expect(answer.body).not.toContain('01012345678');
  });

  it('JSON of a hundred thousand levels comes to an end', async () => {
    const { post } = server({ bodyLimit: 1_000_000 });
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect((await post(`{"a":${deep}`)).statusCode).toBe(400);
  });

  it('an unknown field of the query is named, a value of the path is not', async () => {
    const { get, post } = server();
    const query = await post('{}', {}, '/v1/things?rout=night');
    expect(query.json()).toMatchObject({
      code: 'invalid-request',
      problems: [{ field: 'rout', rule: 'unknown-field' }],
    });
    const path = await get('/v1/things/01012345678');
    expect(path.json()).toMatchObject({
      code: 'invalid-request',
      problems: [{ field: 'id', rule: 'format' }],
    });
    expect(path.body).not.toContain('01012345678');
  });

  it.each([
    ['PUT', '/v1/things', 'POST'],
    ['GET', '/v1/things', 'POST'],
    ['DELETE', '/v1/things/a', 'GET, HEAD'],
    ['OPTIONS', '/v1/things/a', 'GET, HEAD'],
  ] as const)('%s %s is told what the path takes', async (method, url, allow) => {
    const { app } = server();
    const answer = await app.inject({ method, url, headers: { authorization: `Bearer ${KEY}` } });
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, allow]);
  });

  it.each(['/nowhere', '/v1/things/', '/v1/things/a/b', '/v1//things', '/%ff'])(
    '%s is no path',
    async (url) => {
      const { get } = server();
      expect([400, 404]).toContain((await get(url)).statusCode);
    },
  );

  it('a mistake of ours says nothing of itself', async () => {
    const { get } = server();
    const answer = await get('/v1/things/broken');
    expect([answer.statusCode, answer.json().code]).toEqual([500, 'internal-error']);
    expect(answer.body).not.toContain('01012345678');
  });
});
