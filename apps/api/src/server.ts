import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { problemsOf } from '@pabal/message';
import type { Logger } from '@pabal/runtime';
import type { Clock } from '@pabal/session';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import type { z } from 'zod';
import type { Answer } from './answer.js';
import type { Caller, KeyRing } from './caller.js';
import { assertScope } from './caller.js';
import { assertLocal } from './local-only.js';
import type { Operation } from './operation.js';
import { ApiProblem } from './problem-details.js';
import { problemOfError } from './problem-of-error.js';
import { mediaTypeOf, readBodies } from './read-body.js';
import { requestIdOf } from './request-id.js';
import type { Services } from './services.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; known once the key was looked at. */
    caller: Caller | undefined;
    startedAt: number;
  }
  interface FastifyContextConfig {
    operation?: Operation;
  }
}

export const PROBLEM_TYPE = 'application/problem+json';
const JSON_ANSWER = 'application/json; charset=utf-8';
/** Longest path parameter: a result that is named by a job of a raw client. */
const MAX_PARAM_CHARACTERS = 200;
/** Headers come at once, or their sender is up to something. */
const HEADERS_TIMEOUT_MS = 10_000;
const CHECK_CONNECTIONS_MS = 1_000;
/** Longer than the idle timeout of usual load balancers, so that they close first. */
const KEEP_ALIVE_MS = 72_000;

export interface ServerOptions {
  readonly operations: readonly Operation[];
  readonly keys: KeyRing;
  readonly services: Services;
  readonly limits: {
    readonly bodyLimit: number;
    readonly maxConnections: number;
    readonly requestTimeout: number;
  };
  readonly clock: Clock;
  readonly log: Logger;
  /** Told of each request once it was answered. */
  readonly onAnswered?: (answered: AnsweredRequest) => void;
}

/** A request that was answered, as logs and metrics know it: nothing of its values. */
export interface AnsweredRequest {
  readonly method: string;
  /** The pattern, never the path. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
}

/**
 * The HTTP server: keys, bodies, errors, logs, around the operations. Knows nothing of messages.
 */
export function makeServer(options: ServerOptions): FastifyInstance {
  const { operations, keys, services, limits, clock, log, onAnswered } = options;
  const app = fastify({
    bodyLimit: limits.bodyLimit,
    requestTimeout: limits.requestTimeout,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    http: {
      headersTimeout: Math.min(HEADERS_TIMEOUT_MS, limits.requestTimeout),
      connectionsCheckingInterval: CHECK_CONNECTIONS_MS,
    },
    routerOptions: { maxParamLength: MAX_PARAM_CHARACTERS },
    genReqId: (request) => requestIdOf(request.headers['x-request-id'], randomUUID),
    clientErrorHandler: refuseConnection,
    frameworkErrors: (error, request, reply) => {
      sendProblem(request, reply, problemOfError(error));
    },
  });
  app.server.maxConnections = limits.maxConnections;
  app.decorateRequest('caller', undefined);
  app.decorateRequest('startedAt', 0);
  readBodies(app);

  app.addHook('onRequest', (request, reply, done) => {
    request.startedAt = clock.now();
    reply.header('x-request-id', request.id).header('cache-control', 'no-store');
    reply.header('x-content-type-options', 'nosniff');
    const { operation } = request.routeOptions.config;
    try {
      if (operation === undefined || operation.scope !== 'open') request.caller = callerOf(request, keys);
      if (operation) assertAllowed(operation, request);
      done();
    } catch (error) {
      done(error as Error);
    }
  });

  app.addHook('onResponse', (request, reply, done) => {
    const answered: AnsweredRequest = {
      method: request.method,
      route: request.routeOptions.config.operation?.path ?? 'none',
      status: reply.statusCode,
      ms: Math.round((clock.now() - request.startedAt) * 100) / 100,
    };
    onAnswered?.(answered);
    log.info({ ...answered, client: request.caller?.name ?? 'nobody', requestId: request.id }, 'api.request');
    done();
  });

  app.setErrorHandler((error, request, reply) => {
    const problem = problemOfError(error);
    if (problem.code === 'internal-error') log.error({ err: error, requestId: request.id }, 'api.failed');
    return sendProblem(request, reply, problem);
  });
  app.setNotFoundHandler((request, reply) => {
    const allowed = methodsAt(operations, request.url);
    const problem =
      allowed.length === 0
        ? new ApiProblem('not-found', 'see /docs for the paths that there are')
        : new ApiProblem('method-not-allowed', `this path takes ${allowed.join(', ')}`, {
            headers: { allow: allowed.join(', ') },
          });
    return sendProblem(request, reply, problem);
  });

  for (const operation of operations) {
    app.route({
      method: operation.method,
      url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      config: { operation },
      ...(operation.bodyLimit === undefined ? {} : { bodyLimit: operation.bodyLimit }),
      handler: async (request, reply) => {
        const answer = await handle(operation, request, services);
        // A connection that is kept would be waited for.
        if (services.stopping()) reply.header('connection', 'close');
        return sendAnswer(reply, answer);
      },
    });
  }
  return app;
}

function callerOf(request: FastifyRequest, keys: KeyRing): Caller {
  if (keys.isEmpty) assertLocal(request.headers);
  return keys.caller(request.headers.authorization);
}

/** Before the body is read: what is refused anyway costs nothing. */
function assertAllowed(operation: Operation, { caller, headers }: FastifyRequest): void {
  if (operation.scope !== 'open' && caller) assertScope(caller, operation.scope);
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw new ApiProblem('unsupported-media-type', 'a compressed body is not taken');
  }
  if (operation.body === undefined) return;
  const taken = Object.keys(operation.body);
  const mediaType = mediaTypeOf(headers['content-type']);
  if (mediaType === undefined || !taken.includes(mediaType)) {
    throw new ApiProblem('unsupported-media-type', `the body must be ${taken.join(' or ')}`);
  }
}

async function handle(operation: Operation, request: FastifyRequest, services: Services): Promise<Answer> {
  const { caller, id, headers, body, rawBody } = request;
  return operation.handle(
    {
      params: checked(operation.params, request.params, 'path') as never,
      query: checked(operation.query, request.query, 'query') as never,
      body,
      rawBody,
      header: (name) => oneOf(headers[name]),
      caller: caller ?? NOBODY,
      requestId: id,
    },
    services,
  );
}

/** Of operations that need no key. */
const NOBODY: Caller = { name: 'nobody', scopes: [] };

function oneOf(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}

function checked(schema: z.ZodObject | undefined, given: unknown, where: 'path' | 'query'): unknown {
  if (schema === undefined) return {};
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = problemsOf(parsed.error, given);
  throw new ApiProblem('invalid-request', `the ${where} is not as it must be`, { problems });
}

function sendAnswer(reply: FastifyReply, { status, body, mediaType, headers }: Answer): FastifyReply {
  reply.code(status);
  if (headers) reply.headers(headers);
  if (body === undefined) return reply.send();
  if (mediaType !== undefined) return reply.type(mediaType).send(body);
  return reply.header('content-type', JSON_ANSWER).send(JSON.stringify(body));
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: ApiProblem): FastifyReply {
  reply.code(problem.status).headers(problem.headers);
  // What is left of a body that nobody reads would have to be waited for.
  if (!request.raw.complete) reply.header('connection', 'close');
  return reply.type(PROBLEM_TYPE).send(JSON.stringify(problem.body(request.id)));
}

/** The methods that a path takes, in the order of the operations; HEAD goes with GET. Pure. */
export function methodsAt(operations: readonly Operation[], url: string): string[] {
  const path = url.split('?', 1)[0] ?? '';
  const there = operations.filter((operation) => matches(operation.path, path));
  const methods: string[] = there.map(({ method }) => method);
  return methods.includes('GET') ? [...methods, 'HEAD'] : methods;
}

function matches(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return false;
  return wanted.every((part, place) => (part.startsWith('{') ? given[place] !== '' : part === given[place]));
}

const OF_NODE: Readonly<Record<string, () => ApiProblem>> = {
  ERR_HTTP_REQUEST_TIMEOUT: () =>
    new ApiProblem('request-timeout', 'the request did not come in whole in time'),
  HPE_HEADER_OVERFLOW: () => new ApiProblem('headers-too-large', 'the headers are longer than 16 KB'),
};

/** What is no HTTP, or too slow to become any, is told so and loses its connection. */
function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const problem =
    OF_NODE[error.code ?? '']?.() ?? new ApiProblem('invalid-request', 'this is not a valid HTTP request');
  const body = JSON.stringify(problem.body(randomUUID()));
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_WORDS[problem.status] ?? 'Error'}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}

const STATUS_WORDS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};
