import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ResultV1 } from '@pabal/message';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type ApiAnswer, type ApiCall, ApiStage, picture, until } from '../support/index.js';

/**
 * Walks the OpenAPI document against the running API: every operation answers every status that the document names, in the
 * shape that it names, and nothing else.
 */

interface Documented {
  readonly operationId: string;
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Documented>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

interface Placed {
  readonly method: string;
  readonly path: string;
  readonly operation: Documented;
}

let stage: ApiStage;
let document: Document;

const sms = { channel: 'sms', to: '01012345678', from: '0212345678', text: '[contract] 안녕하세요' };
let counter = 0;
const fresh = () => `c-${++counter}`;

const result = (id: string): ResultV1 => ({
  v: 1,
  id,
  status: 'delivered',
  reason: { code: 'delivered', message: { ko: '전달됨', en: 'delivered' } },
  retryable: false,
  channel: 'sms',
  attempts: [],
  times: { enqueued: '2026-01-31T00:00:00.000Z' },
});

beforeAll(async () => {
  stage = await ApiStage.open({
    keys: {
      shop: 'scopes: [send, read, results, metrics]',
      nothing: 'scopes: [metrics]',
      reader: 'scopes: [read]',
      slow: 'perSecond: 1',
    },
    lines: ['  bodyLimit: 65536'],
    sections: [
      'webhooks:',
      '  inside: { url: "http://127.0.0.1:9/", secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }',
    ],
  });
  document = (await stage.call('GET', '/openapi.json')).json as unknown as Document;
});

afterAll(() => stage?.close());

/** A message that waits in its queue. */
async function sent(): Promise<string> {
  const id = fresh();
  const { status } = await stage.call('POST', '/v1/messages', { as: 'shop', json: { ...sms, id } });
  expect(status).toBe(202);
  return id;
}

/** A record as a claim or a settling leaves it. */
async function recorded(state: 'c' | 'x'): Promise<string> {
  const id = fresh();
  const outcome = state === 'x' ? { r: JSON.stringify(['d', 0, 'r']), ts: '1769817600000' } : {};
  await stage.connection.hset(`pabal:m:${id}`, {
    s: state,
    v: '1',
    h: 'hash',
    ch: 'sms',
    g: 'smtnt',
    k: 'test001',
    ag: 'test001',
    w: '12345678901234567890',
    n: '1',
    t0: '1769817600000',
    tf: '1769817600000',
    tc: '1769817600000',
    j: `send-default-sms:m-${id}`,
    ...outcome,
  });
  return id;
}

async function resultWaits(): Promise<string> {
  const id = fresh();
  await stage.producer.publishResult(result(id), undefined);
  return id;
}

/** A result that a consumer has in hand. */
async function resultHeld(): Promise<string> {
  const id = await resultWaits();
  await stage.connection.set(`pabal:results:r-${id}:lock`, 'token', 'PX', 30_000);
  return id;
}

/** A result that cannot be delivered: its webhook leads to this machine, and may not. */
async function webhookDead(): Promise<string> {
  const id = fresh();
  await stage.producer.publishResult(result(id), { webhook: { name: 'inside' } });
  await until('it is dead', async () => {
    return (await stage.producer.failedIds('webhooks', `r-${id}`)).length === 1;
  });
  return id;
}

/** One that nobody takes yet. */
async function whileWebhooksWait(ask: (id: string) => Promise<ApiAnswer>): Promise<ApiAnswer> {
  const queue = stage.producer.queue('webhooks');
  await queue.pause();
  try {
    const id = fresh();
    await stage.producer.publishResult(result(id), { webhook: { name: 'inside' } });
    return await ask(id);
  } finally {
    await queue.resume();
  }
}

const send = (call: ApiCall) => stage.call('POST', '/v1/messages', { as: 'shop', json: sms, ...call });

/** A request whose first carrying out was not noted: its process was lost, or is still at it. */
async function underWay(): Promise<ApiAnswer> {
  const headers = { 'idempotency-key': fresh() };
  await send({ headers });
  for (const key of await stage.connection.keys('pabal:idempotency:*')) await stage.connection.hdel(key, 'a');
  return send({ headers });
}

async function nearlyFull(ask: () => Promise<ApiAnswer>): Promise<ApiAnswer> {
  const used = Number(/used_memory:(\d+)/.exec(String(await stage.connection.info('memory')))?.[1]);
  await stage.connection.config('SET', 'maxmemory', String(Math.floor(used * 1.1)));
  try {
    return await until('the memory guard has closed', async () => {
      const answer = await ask();
      return answer.status === 503 && answer;
    });
  } finally {
    await stage.connection.config('SET', 'maxmemory', '0');
    await until('the memory guard is open', async () => (await stage.call('GET', '/readyz')).status === 200);
  }
}

async function tooFast(): Promise<ApiAnswer> {
  await send({ as: 'slow' });
  return send({ as: 'slow' });
}

/** A job whose content only a defect can explain. */
async function brokenJob(): Promise<string> {
  const id = fresh();
  await stage.connection.hset(`pabal:send-default-sms:m-${id}`, 'data', '{', 'timestamp', '1');
  return id;
}

type Ask = () => Promise<ApiAnswer>;

/** How each operation is brought to each answer. 401 and 403 are the same for all, as is 503 without Redis. */
const SCENARIOS: Readonly<Record<string, Readonly<Record<string, readonly Ask[]>>>> = {
  sendMessages: {
    202: [
      () => send({}),
      () => send({ json: { messages: [sms, { ...sms, to: 'x' }] } }),
      async () => {
        const headers = { 'idempotency-key': 'again' };
        await send({ headers });
        return send({ headers });
      },
    ],
    400: [
      () => send({ json: undefined, body: '{', headers: { 'content-type': 'application/json' } }),
      () => stage.call('POST', '/v1/messages?rout=x', { as: 'shop', json: sms }),
      () => send({ headers: { 'idempotency-key': 'x'.repeat(256) } }),
    ],
    409: [underWay],
    413: [() => send({ json: { ...sms, text: 'x'.repeat(70_000) } })],
    415: [() => send({ json: undefined, body: 'x', headers: { 'content-type': 'text/plain' } })],
    422: [
      () => send({ json: { ...sms, text: 'x'.repeat(91) } }),
      () => send({ json: { messages: [{ ...sms, to: 'x' }] } }),
      () => send({ json: { messages: [] } }),
      async () => {
        const headers = { 'idempotency-key': 'other' };
        await send({ headers });
        return send({ headers, json: { ...sms, text: 'another' } });
      },
    ],
    429: [tooFast],
    503: [() => nearlyFull(() => send({}))],
  },
  getMessage: {
    200: [
      async () => stage.call('GET', `/v1/messages/${await sent()}`, { as: 'shop' }),
      async () => stage.call('GET', `/v1/messages/${await recorded('c')}`, { as: 'shop' }),
      async () => stage.call('GET', `/v1/messages/${await recorded('x')}`, { as: 'shop' }),
    ],
    400: [() => stage.call('GET', '/v1/messages/a:b', { as: 'shop' })],
    404: [() => stage.call('GET', '/v1/messages/nobody', { as: 'shop' })],
    500: [async () => stage.call('GET', `/v1/messages/${await brokenJob()}`, { as: 'shop' })],
    503: [],
  },
  cancelMessage: {
    200: [async () => stage.call('DELETE', `/v1/messages/${await sent()}`, { as: 'shop' })],
    400: [() => stage.call('DELETE', '/v1/messages/a:b', { as: 'shop' })],
    404: [() => stage.call('DELETE', '/v1/messages/nobody', { as: 'shop' })],
    409: [
      async () => stage.call('DELETE', `/v1/messages/${await recorded('c')}`, { as: 'shop' }),
      async () => stage.call('DELETE', `/v1/messages/${await recorded('x')}`, { as: 'shop' }),
    ],
    500: [async () => stage.call('DELETE', `/v1/messages/${await brokenJob()}`, { as: 'shop' })],
    503: [],
  },
  storeFile: {
    201: [() => storeFile(picture('p10', 2_000).bytes), () => storeForm([picture('p12', 2_000).bytes])],
    400: [() => storeForm([]), () => storeFile(Buffer.from('x'), 'multipart/form-data; boundary=none')],
    413: [() => storeFile(Buffer.alloc(1_100_000))],
    415: [() => storeFile(picture('p10', 2_000).bytes, 'image/png')],
    422: [() => storeFile(Buffer.from('no picture')), () => storeFile(new Uint8Array())],
    503: [() => nearlyFull(() => storeFile(picture('p14', 2_000).bytes))],
  },
  listResults: {
    200: [
      async () => {
        await resultWaits();
        return stage.call('GET', '/v1/results?limit=5', { as: 'shop' });
      },
      () => stage.call('GET', '/v1/results?queue=results-shop&waitSeconds=1', { as: 'shop' }),
    ],
    400: [() => stage.call('GET', '/v1/results?limit=0', { as: 'shop' })],
    503: [],
  },
  acknowledgeResult: {
    204: [async () => stage.call('DELETE', `/v1/results/${await resultWaits()}`, { as: 'shop' })],
    400: [() => stage.call('DELETE', '/v1/results/a:b', { as: 'shop' })],
    404: [() => stage.call('DELETE', '/v1/results/nobody', { as: 'shop' })],
    409: [async () => stage.call('DELETE', `/v1/results/${await resultHeld()}`, { as: 'shop' })],
    503: [],
  },
  acknowledgeResults: {
    200: [
      async () => {
        const ids = [await resultWaits(), await resultHeld(), 'nobody'];
        return stage.call('POST', '/v1/results/acknowledge', { as: 'shop', json: { ids } });
      },
    ],
    400: [() => stage.call('POST', '/v1/results/acknowledge', { as: 'shop', json: { ids: [] } })],
    413: [
      () =>
        stage.call('POST', '/v1/results/acknowledge', { as: 'shop', json: { ids: ['x'.repeat(70_000)] } }),
    ],
    415: [() => stage.call('POST', '/v1/results/acknowledge', { as: 'shop', body: 'x' })],
    503: [],
  },
  listWebhooks: {
    200: [
      async () => {
        await webhookDead();
        return stage.call('GET', '/v1/webhooks?limit=1', { as: 'shop' });
      },
      () => whileWebhooksWait(() => stage.call('GET', '/v1/webhooks?state=waiting&offset=1', { as: 'shop' })),
    ],
    400: [() => stage.call('GET', '/v1/webhooks?state=lost', { as: 'shop' })],
    503: [],
  },
  replayWebhook: {
    202: [async () => stage.call('POST', `/v1/webhooks/${await webhookDead()}/replay`, { as: 'shop' })],
    400: [() => stage.call('POST', '/v1/webhooks/a:b/replay', { as: 'shop' })],
    404: [() => stage.call('POST', '/v1/webhooks/nobody/replay', { as: 'shop' })],
    409: [() => whileWebhooksWait((id) => stage.call('POST', `/v1/webhooks/${id}/replay`, { as: 'shop' }))],
    503: [],
  },
  listGateways: { 200: [() => stage.call('GET', '/v1/gateways', { as: 'shop' })], 503: [] },
  isAlive: { 200: [() => stage.call('GET', '/healthz')] },
  isReady: {
    200: [() => stage.call('GET', '/readyz')],
    503: [() => nearlyFull(() => stage.call('GET', '/readyz'))],
  },
  getMetrics: { 200: [() => stage.call('GET', '/metrics', { as: 'shop' })] },
  getOpenApi: { 200: [() => stage.call('GET', '/openapi.json')] },
  getDocs: { 200: [() => stage.call('GET', '/docs')] },
};

function storeFile(bytes: Uint8Array, contentType = 'image/jpeg'): Promise<ApiAnswer> {
  return stage.call('POST', '/v1/files', {
    as: 'shop',
    body: bytes,
    headers: { 'content-type': contentType },
  });
}

async function storeForm(files: readonly Uint8Array[]): Promise<ApiAnswer> {
  const form = new FormData();
  form.append('note', 'beside the file');
  for (const bytes of files) form.append('file', new Blob([new Uint8Array(bytes)]), 'a.jpg');
  const encoded = new Response(form);
  const headers = { 'content-type': encoded.headers.get('content-type') ?? '' };
  return stage.call('POST', '/v1/files', {
    as: 'shop',
    body: new Uint8Array(await encoded.arrayBuffer()),
    headers,
  });
}

/** Operations by their id, with where they are. */
function operations(): Placed[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}

/** Is this answer one of those that the document allows? */
function assertDocumented({ operation }: Placed, answer: ApiAnswer): void {
  const documented = operation.responses[String(answer.status)];
  expect([operation.operationId, answer.status, documented !== undefined]).toEqual([
    operation.operationId,
    answer.status,
    true,
  ]);
  expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  const contentType = answer.headers.get('content-type')?.split(';', 1)[0];
  if (documented?.content === undefined) {
    expect(answer.text).toBe('');
    return;
  }
  expect([contentType, Object.hasOwn(documented.content, contentType ?? '')]).toEqual([contentType, true]);
  if (contentType?.startsWith('text/')) return;
  const validate = validator(documented.content[contentType ?? '']?.schema ?? {});
  expect([operation.operationId, answer.status, validate(answer.json), validate.errors]).toEqual([
    operation.operationId,
    answer.status,
    true,
    null,
  ]);
}

const schemas = new Ajv2020({ strict: false });
addFormats.default(schemas);
const validators = new Map<object, ValidateFunction>();

/** A schema of the document with its components beside it, where a validator of JSON Schema finds them. */
function validator(schema: object): ValidateFunction {
  const known = validators.get(schema);
  if (known) return known;
  const whole = JSON.stringify({ $defs: document.components.schemas, allOf: [schema] });
  const made = schemas.compile(JSON.parse(whole.replaceAll('#/components/schemas/', '#/$defs/')) as object);
  validators.set(schema, made);
  return made;
}

describe('the document', () => {
  it('names no operation and no answer that is not walked here', () => {
    const everywhere = ['401', '403', '500'];
    for (const { operation } of operations()) {
      const walked = Object.keys(SCENARIOS[operation.operationId] ?? {});
      const named = Object.keys(operation.responses).filter((status) => !everywhere.includes(status));
      const open = walked.filter((status) => !everywhere.includes(status));
      expect([operation.operationId, open.sort()]).toEqual([operation.operationId, named.sort()]);
    }
  });
});

describe('an operation answers as the document says', () => {
  it('in every scenario', async () => {
    for (const placed of operations()) {
      const { operation } = placed;
      for (const [status, asks] of Object.entries(SCENARIOS[operation.operationId] ?? {})) {
        for (const ask of asks) {
          const answer = await ask();
          expect([operation.operationId, answer.status, answer.text]).toEqual([
            operation.operationId,
            Number(status),
            answer.text,
          ]);
          assertDocumented(placed, answer);
        }
      }
    }
  });

  it('without a key, with an unknown one, and with one that may not', async () => {
    for (const placed of operations()) {
      const { method, path, operation } = placed;
      if (operation.responses['401'] === undefined) continue;
      const url = path.replace(/\{\w+\}/, 'x');
      const unknown = { headers: { authorization: 'Bearer pabal_guess' } };
      for (const call of [{}, unknown]) {
        const answer = await stage.call(method, url, call);
        expect([operation.operationId, answer.status]).toEqual([operation.operationId, 401]);
        assertDocumented(placed, answer);
      }
      const without = operation.operationId === 'getMetrics' ? 'reader' : 'nothing';
      const refused = await stage.call(method, url, { as: without });
      expect([operation.operationId, refused.status]).toEqual([operation.operationId, 403]);
      assertDocumented(placed, refused);
    }
  });

  it('503 with Retry-After while Redis is away, within the limit, and as before once it is back', async () => {
    const calls: Readonly<Record<string, Ask>> = {
      sendMessages: () => send({}),
      getMessage: () => stage.call('GET', '/v1/messages/nobody', { as: 'shop' }),
      cancelMessage: () => stage.call('DELETE', '/v1/messages/nobody', { as: 'shop' }),
      storeFile: () => storeFile(picture('p16', 2_000).bytes),
      listResults: () => stage.call('GET', '/v1/results', { as: 'shop' }),
      acknowledgeResult: () => stage.call('DELETE', '/v1/results/nobody', { as: 'shop' }),
      acknowledgeResults: () =>
        stage.call('POST', '/v1/results/acknowledge', { as: 'shop', json: { ids: ['a'] } }),
      listWebhooks: () => stage.call('GET', '/v1/webhooks', { as: 'shop' }),
      replayWebhook: () => stage.call('POST', '/v1/webhooks/nobody/replay', { as: 'shop' }),
      // What was read a moment ago is told for a second.
      listGateways: () =>
        until('the gateways are not known', async () => {
          const answer = await stage.call('GET', '/v1/gateways', { as: 'shop' });
          return answer.status !== 200 && answer;
        }),
      isReady: () => stage.call('GET', '/readyz'),
    };
    await stage.redis.kill();
    try {
      for (const placed of operations()) {
        const { operation } = placed;
        const ask = calls[operation.operationId];
        if (operation.responses['503'] === undefined || !ask) continue;
        const answer = await ask();
        expect([operation.operationId, answer.status]).toEqual([operation.operationId, 503]);
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
        assertDocumented(placed, answer);
      }
      expect((await stage.call('GET', '/healthz')).status).toBe(200);
      expect((await stage.call('GET', '/metrics', { as: 'shop' })).text).toContain('\npabal_redis_up 0\n');
    } finally {
      await stage.redis.start();
    }
    await until('the API takes messages again', async () => (await send({})).status === 202, 15_000);
    expect((await stage.call('GET', '/readyz')).status).toBe(200);
  });
});
