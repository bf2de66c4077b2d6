import { problemsOf } from '@pabal/message';
import { z } from 'zod';
import type { Caller } from '../caller.js';
import { operation } from '../operation.js';
import { ApiProblem } from '../problem-details.js';
import { JSON_TYPE } from '../read-body.js';
import { result } from '../schemas.js';
import type { Services } from '../services.js';

const MOST_RESULTS = 1_000;
const LONGEST_WAIT_SECONDS = 20;
/** How often a waiting request looks again. */
const LOOK_MS = 250;

const queue = z
  .string()
  .regex(/^results(-[a-z0-9-]{1,40})?$/, 'results or results-<name>')
  .optional()
  .meta({
    description: "`results`, or `results-<name>` of a `replyTo`; default: the key's own, else `results`",
  });

const resultId = z
  .string()
  .regex(/^[^:]{1,200}$/, '1 to 200 characters without a colon')
  .meta({ description: 'The id of the message' });

export const listResults = operation({
  method: 'GET',
  path: '/v1/results',
  id: 'listResults',
  tag: 'Results',
  summary: 'Look at the results that wait, oldest first',
  description:
    'Takes nothing: acknowledge what was dealt with, then ask again. A result that is not acknowledged comes again, so that none is lost. One that another consumer has in hand is not shown.',
  scope: 'results',
  query: z.strictObject({
    queue,
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(MOST_RESULTS)
      .default(100)
      .meta({ description: 'Results at most' }),
    waitSeconds: z.coerce
      .number()
      .int()
      .min(0)
      .max(LONGEST_WAIT_SECONDS)
      .default(0)
      .meta({ description: 'Wait so long for the first one' }),
  }),
  answers: {
    200: {
      description: 'The results',
      schema: z.strictObject({
        results: z.array(result).readonly(),
        unreadable: z.int().min(0).meta({ description: 'Jobs among them that are no results' }),
      }),
    },
  },
  problems: ['invalid-request', 'queue-refused'],
  handle: async ({ query, caller }, services) => {
    const name = await queueOf(query.queue, caller, services);
    const until = services.clock.now() + query.waitSeconds * 1_000;
    for (;;) {
      const found = await services.client.peekResults({ queue: name, limit: query.limit });
      const over = services.clock.now() >= until || services.stopping();
      if (over || found.results.length + found.unreadable > 0) return { status: 200, body: found };
      await new Promise<void>((resolve) => services.clock.after(LOOK_MS, resolve));
    }
  },
});

export const acknowledgeResult = operation({
  method: 'DELETE',
  path: '/v1/results/{id}',
  id: 'acknowledgeResult',
  tag: 'Results',
  summary: 'Acknowledge a result: it is dealt with and goes',
  description: 'A repeat answers 404, and that is as good as 204: the result is gone.',
  scope: 'results',
  params: z.strictObject({ id: resultId }),
  query: z.strictObject({ queue }),
  answers: { 204: { description: 'It is gone' } },
  problems: ['invalid-request', 'queue-refused', 'result-not-found', 'result-held'],
  handle: async ({ params: { id }, query, caller }, services) => {
    const name = await queueOf(query.queue, caller, services);
    const { kind } = await services.client.acknowledgeResult(id, { queue: name });
    if (kind === 'acknowledged') return { status: 204 };
    if (kind === 'held')
      throw new ApiProblem('result-held', 'it takes it, or puts it back', { retryAfter: 1 });
    throw new ApiProblem('result-not-found', 'it was acknowledged before, or is not there yet');
  },
});

const acknowledgeBody = z.strictObject({ ids: z.array(resultId).min(1).max(MOST_RESULTS) });
const ids = z.array(z.string());

export const acknowledgeResults = operation({
  method: 'POST',
  path: '/v1/results/acknowledge',
  id: 'acknowledgeResults',
  tag: 'Results',
  summary: 'Acknowledge up to 1,000 results',
  scope: 'results',
  query: z.strictObject({ queue }),
  body: { [JSON_TYPE]: { schema: acknowledgeBody, example: { ids: ['order-1', 'order-2'] } } },
  answers: {
    200: {
      description: 'What became of each',
      schema: z.strictObject({
        acknowledged: ids,
        held: ids.meta({ description: 'Another consumer has them in hand' }),
        notFound: ids.meta({ description: 'Gone before, or not there yet' }),
      }),
    },
  },
  problems: [
    'malformed-json',
    'invalid-request',
    'body-too-large',
    'unsupported-media-type',
    'queue-refused',
  ],
  handle: async ({ body, query, caller }, services) => {
    const name = await queueOf(query.queue, caller, services);
    const parsed = acknowledgeBody.safeParse(body);
    if (!parsed.success) {
      const problems = problemsOf(parsed.error, body);
      throw new ApiProblem('invalid-request', 'this is no list of ids', { problems });
    }
    const wanted = [...new Set(parsed.data.ids)];
    const answers = await Promise.all(
      wanted.map((id) => services.client.acknowledgeResult(id, { queue: name })),
    );
    const those = (kind: string) => wanted.filter((_, place) => answers[place]?.kind === kind);
    return {
      status: 200,
      body: { acknowledged: those('acknowledged'), held: those('held'), notFound: those('notFound') },
    };
  },
});

/** The queue that is meant, if this caller may read it and the fleet has it. */
async function queueOf(
  given: string | undefined,
  { replyTo }: Caller,
  { client }: Services,
): Promise<string> {
  const own = replyTo === undefined ? 'results' : `results-${replyTo}`;
  const name = given ?? own;
  if (replyTo !== undefined && name !== own) {
    throw new ApiProblem('queue-refused', `this key reads ${own} only`);
  }
  if (name === 'results' || name === own) return name;
  const replies = (await client.catalogue())?.replies ?? [];
  if (replies.includes(name.slice('results-'.length))) return name;
  throw new ApiProblem('queue-refused', 'the fleet declares no such queue');
}
