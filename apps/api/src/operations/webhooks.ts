import { WEBHOOK_STATES, type WebhookView } from '@pabal/webhooks';
import { z } from 'zod';
import { operation } from '../operation.js';
import { ApiProblem } from '../problem-details.js';

const MOST_WEBHOOKS = 1_000;
const time = z.iso.datetime();

const webhook = z
  .strictObject({
    id: z.string().meta({ description: 'The id of the message whose result it is' }),
    webhook: z.string().meta({ description: 'Name of the webhook' }),
    state: z.enum(WEBHOOK_STATES).meta({
      description:
        'waiting: for its turn, or being tried; retrying: for its next try, or until its host has rested; dead: given up',
    }),
    failures: z.int().min(0).meta({ description: 'Tries that failed' }),
    reason: z.string().optional().meta({ description: 'Why the last one did: `http-503`, `timeout`, …' }),
    since: time.meta({ description: 'Since when it is to be delivered' }),
    nextAt: time.optional().meta({ description: 'When it is tried again' }),
  })
  .meta({ id: 'Webhook', title: 'A result on its way to a URL' });

export const listWebhooks = operation({
  method: 'GET',
  path: '/v1/webhooks',
  id: 'listWebhooks',
  tag: 'Webhooks',
  summary: 'Results on their way to a URL',
  description: 'A key with a webhook of its own sees the deliveries to that one.',
  scope: 'results',
  query: z.strictObject({
    state: z.enum(WEBHOOK_STATES).default('dead').meta({ description: 'Where they stand' }),
    offset: z.coerce
      .number()
      .int()
      .min(0)
      .max(1_000_000)
      .default(0)
      .meta({ description: 'Leave so many out' }),
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(MOST_WEBHOOKS)
      .default(100)
      .meta({ description: 'Deliveries at most' }),
  }),
  answers: {
    200: {
      description: 'The deliveries in this state, and how many stand in each',
      schema: z.strictObject({
        webhooks: z.array(webhook).readonly(),
        more: z.boolean().meta({ description: 'Are there further ones?' }),
        counts: z
          .strictObject({ waiting: z.int().min(0), retrying: z.int().min(0), dead: z.int().min(0) })
          .meta({ description: 'Of all webhooks' }),
      }),
    },
  },
  problems: ['invalid-request'],
  handle: async ({ query: { state, offset, limit }, caller }, { webhooks }) => {
    const { found, counts } = await webhooks.ask(async (desk) => ({
      found: await page(desk.list(new Set([state])), { offset, limit: limit + 1, only: caller.webhook }),
      counts: await desk.counts(),
    }));
    const body = { webhooks: found.slice(0, limit).map(shown), more: found.length > limit, counts };
    return { status: 200, body };
  },
});

async function page(
  views: AsyncIterable<WebhookView>,
  {
    offset,
    limit,
    only,
  }: { readonly offset: number; readonly limit: number; readonly only: string | undefined },
): Promise<WebhookView[]> {
  const found: WebhookView[] = [];
  let passed = 0;
  for await (const view of views) {
    if (only !== undefined && view.webhook !== only) continue;
    if (passed++ >= offset) found.push(view);
    if (found.length >= limit) break;
  }
  return found;
}

export const replayWebhook = operation({
  method: 'POST',
  path: '/v1/webhooks/{id}/replay',
  id: 'replayWebhook',
  tag: 'Webhooks',
  summary: 'Deliver a result again',
  description:
    'Tries a dead delivery, or one that waits for its next try, now, with all its tries before it and under the same `webhook-id`.',
  scope: 'results',
  params: z.strictObject({
    id: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/, '1 to 64 characters of A-Z, a-z, 0-9, _ and -')
      .meta({ description: 'The id of the message' }),
  }),
  answers: {
    202: {
      description: 'It is tried',
      schema: z.strictObject({ id: z.string(), state: z.literal('waiting') }),
    },
  },
  problems: ['invalid-request', 'webhook-not-found', 'webhook-under-way'],
  handle: async ({ params: { id }, caller }, { webhooks }) => {
    const end = await webhooks.ask((desk) => desk.replay(id, caller.webhook));
    if (end === 'replayed') return { status: 202, body: { id, state: 'waiting' } };
    if (end === 'underWay')
      throw new ApiProblem('webhook-under-way', 'it waits for its turn, or is being tried', {
        retryAfter: 1,
      });
    throw new ApiProblem('webhook-not-found', 'it arrived, or is not there yet');
  },
});

function shown({ since, nextAt, ...view }: WebhookView) {
  return {
    ...view,
    since: new Date(since).toISOString(),
    ...(nextAt === undefined ? {} : { nextAt: new Date(nextAt).toISOString() }),
  };
}
