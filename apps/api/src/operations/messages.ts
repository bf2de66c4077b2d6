import { MessageRefused, RedisUnavailable } from '@pabal/client';
import type { MessageInput } from '@pabal/message';
import { type Problem, parseBatch } from '@pabal/message';
import { z } from 'zod';
import type { Answer } from '../answer.js';
import type { MakeId } from '../idempotency.js';
import { keyProblems, withKeyDefaults } from '../key-defaults.js';
import type { Call } from '../operation.js';
import { operation } from '../operation.js';
import { ApiProblem } from '../problem-details.js';
import { JSON_TYPE } from '../read-body.js';
import { acceptedMany, acceptedOne, batchBody, messageBody, timeline } from '../schemas.js';
import type { Services } from '../services.js';

const messagePath = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, '1 to 64 characters of A-Z, a-z, 0-9, _ and -')
    .meta({ description: 'The id of the message' }),
});

const sendQuery = z.strictObject({
  route: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, '1 to 40 characters of a-z, 0-9 and -')
    .default('default')
    .meta({ description: 'The route that the messages take' }),
});

type SendCall = Call<unknown, z.output<typeof sendQuery>>;

export const sendMessages = operation({
  method: 'POST',
  path: '/v1/messages',
  id: 'sendMessages',
  tag: 'Messages',
  summary: 'Send a message, or up to 1,000 of them',
  description:
    'Answers 202 once Redis holds what was accepted, as durably as the configuration says. Of many, a bad one does not keep the others from being sent: each is listed by its place, from 0. The same id again is the same message, so that a request without an answer can be repeated.',
  scope: 'send',
  query: sendQuery,
  headers: {
    'Idempotency-Key':
      'Your name for this request, 1 to 255 printable ASCII characters: repeated, it is answered as the first time and sends nothing',
  },
  body: { [JSON_TYPE]: { schema: z.union([messageBody, batchBody]) } },
  answers: {
    202: {
      description: 'Accepted',
      schema: z.union([acceptedOne, acceptedMany]),
      headers: {
        Location: 'Of a single message: where it is followed',
        'Idempotency-Replayed': '`true`: the answer to an earlier request under this `Idempotency-Key`',
      },
    },
  },
  problems: [
    'id-conflict',
    'malformed-json',
    'invalid-request',
    'body-too-large',
    'unsupported-media-type',
    'invalid-message',
    'idempotency-under-way',
    'idempotency-key-reused',
    'rate-limited',
    'out-of-memory-guard',
  ],
  handle: send,
});

function isBatch(body: unknown): body is { readonly messages: unknown } {
  return typeof body === 'object' && body !== null && 'messages' in body;
}

/** How many messages a request wants to send, whatever they are. */
function countOf(body: unknown): number {
  return isBatch(body) && Array.isArray(body.messages) ? body.messages.length : 1;
}

async function send(call: SendCall, services: Services): Promise<Answer> {
  const { body, rawBody = EMPTY, query, caller } = call;
  if (body === undefined) throw new ApiProblem('malformed-json', 'the body is empty');
  const run = async (makeId?: MakeId) => {
    await services.rateLimit.admit(caller, countOf(body));
    return isBatch(body) ? sendMany(call, services, makeId) : sendOne(call, services, makeId);
  };
  const key = call.header('idempotency-key');
  if (key === undefined) return run();
  const content = [`POST /v1/messages?route=${query.route}\n`, rawBody];
  return services.idempotency.once({ caller: caller.name, key, content }, run);
}

const EMPTY = Buffer.alloc(0);

async function sendOne(
  { body, query, caller }: SendCall,
  { client, metrics }: Services,
  makeId: MakeId | undefined,
): Promise<Answer> {
  const refuse = (error: unknown): never => {
    if (error instanceof MessageRefused) metrics.refused(caller.name, firstRule(error.problems));
    return withPending(error);
  };
  const problems = keyProblems(body, caller);
  if (problems.length > 0) refuse(new MessageRefused(problems));
  const message = withKeyDefaults(body, caller, 0, makeId);
  const { id } = await client.send(message as MessageInput, { route: query.route }).catch(refuse);
  metrics.accepted(caller.name, 1);
  return { status: 202, body: { id }, headers: { location: `/v1/messages/${id}` } };
}

interface Refused {
  readonly index: number;
  readonly problems: readonly Problem[];
}

async function sendMany(
  { body, query, caller }: SendCall,
  { client, metrics }: Services,
  makeId: MakeId | undefined,
): Promise<Answer> {
  const batch = parseBatch(body);
  if (!batch.ok) {
    throw new ApiProblem('invalid-message', 'this is no list of messages', { problems: batch.problems });
  }
  const refused: Refused[] = [];
  const places: number[] = [];
  const messages = batch.messages.flatMap((message, index) => {
    const problems = keyProblems(message, caller);
    if (problems.length > 0) {
      refused.push({ index, problems });
      return [];
    }
    places.push(index);
    return [withKeyDefaults(message, caller, index, makeId)];
  });
  const report = await client.sendMany(inTurns(messages), { route: query.route }).catch(withPending);
  const accepted = report.accepted.map(({ index, id }) => ({ index: places[index] ?? index, id }));
  refused.push(...report.refused.map(({ index, problems }) => ({ index: places[index] ?? index, problems })));
  refused.sort((a, b) => a.index - b.index);
  metrics.accepted(caller.name, accepted.length);
  for (const each of refused) metrics.refused(caller.name, firstRule(each.problems));
  if (accepted.length === 0) {
    throw new ApiProblem('invalid-message', 'every message breaks rules', { extra: { refused } });
  }
  return { status: 202, body: { accepted, refused } };
}

/** So many messages are checked before other requests get their turn. */
const TURN = 25;

/** The same items, with a pause for whatever else is due between every few of them. */
async function* inTurns(items: readonly unknown[]): AsyncGenerator<unknown> {
  for (const [place, item] of items.entries()) {
    if (place > 0 && place % TURN === 0) await new Promise<void>((resolve) => setImmediate(resolve));
    yield item;
  }
}

function firstRule([first]: readonly Problem[]): string {
  return first?.rule ?? 'unknown';
}

/** Ids that were made here are told, so that a repeat is the same message. */
function withPending(error: unknown): never {
  if (!(error instanceof RedisUnavailable) || error.interrupted.pending.length === 0) throw error;
  const ids = error.interrupted.pending.map(({ id }) => id);
  throw new ApiProblem(
    'redis-unavailable',
    'the messages may or may not have been taken: send them again, under these ids',
    {
      retryAfter: 2,
      cause: error,
      extra: { pending: ids },
    },
  );
}

export const getMessage = operation({
  method: 'GET',
  path: '/v1/messages/{id}',
  id: 'getMessage',
  tag: 'Messages',
  summary: 'Where a message stands',
  scope: 'read',
  params: messagePath,
  answers: { 200: { description: 'Its timeline, and its result once it has one', schema: timeline } },
  problems: ['invalid-request', 'message-not-found'],
  handle: async ({ params: { id } }, { client }) => {
    const status = await client.status(id);
    if (!status) throw unknownMessage();
    const { outcome: _, ...shown } = status; // the result says the same, in the words of results
    return { status: 200, body: shown };
  },
});

export const cancelMessage = operation({
  method: 'DELETE',
  path: '/v1/messages/{id}',
  id: 'cancelMessage',
  tag: 'Messages',
  summary: 'Cancel a message before it is sent',
  description:
    'Answers 200 only when the message is certainly never sent; its result, `cancelled`, follows. The other answers are the truth at that moment.',
  scope: 'send',
  params: messagePath,
  answers: {
    200: {
      description: 'Cancelled, now or before',
      schema: z.strictObject({ id: z.string(), status: z.literal('cancelled') }),
    },
  },
  problems: ['invalid-request', 'message-not-found', 'already-sent', 'already-settled'],
  handle: async ({ params: { id } }, { client }) => {
    const { kind } = await client.cancel(id);
    switch (kind) {
      case 'cancelled':
        return { status: 200, body: { id, status: 'cancelled' } };
      case 'alreadySent':
        throw new ApiProblem(
          'already-sent',
          'it was written to a gateway, or may have been: its result follows',
        );
      case 'alreadySettled':
        throw new ApiProblem('already-settled', 'it ended before');
      case 'notFound':
        throw unknownMessage();
      default:
        return kind satisfies never;
    }
  },
});

function unknownMessage(): ApiProblem {
  return new ApiProblem('message-not-found', 'no queue holds it, and it has no record (any longer)');
}
