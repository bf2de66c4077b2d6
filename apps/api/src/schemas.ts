import { CHANNELS, MAX_BATCH_MESSAGES, messageShape, resultV1 } from '@pabal/message';
import { z } from 'zod';

/**
 * The shapes that the API takes and answers: OpenAPI, the page and the contract tests are made from them. What a message
 * must be beyond its shape is `parseMessage`'s to say.
 */

const time = z.iso.datetime();
const size = z.union([z.number(), z.string()]);

/** A message over HTTP: one without an id gets one, and a webhook without a name is that of the key. */
export const messageBody = messageShape
  .partial({ id: true })
  .extend({ webhook: messageShape.shape.webhook.unwrap().partial({ name: true }).optional() })
  .meta({ id: 'Message', title: 'Message v1' });

export const batchBody = z
  .strictObject({
    v: z.literal(1).optional(),
    messages: z.array(messageBody).min(1).max(MAX_BATCH_MESSAGES),
  })
  .meta({ id: 'MessageList', title: 'Up to 1,000 messages' });

export const problemList = z
  .array(
    z
      .strictObject({
        field: z.string().meta({ description: 'Path of the field, joined by dots' }),
        rule: z.string().meta({ description: 'Stable, kebab-case: `required`, `too-long`, …' }),
        message: z.string(),
        limit: size.optional(),
        actual: size.optional(),
      })
      .meta({ id: 'BrokenRule', title: 'A rule that was broken' }),
  )
  .readonly();

export const acceptedOne = z
  .strictObject({ id: z.string() })
  .meta({ id: 'Accepted', title: 'A message was accepted' });

const place = z.int().min(0).meta({ description: 'Its place in the list, from 0' });

export const refusedItem = z.strictObject({ index: place, problems: problemList });

export const acceptedMany = z
  .strictObject({
    accepted: z.array(z.strictObject({ index: place, id: z.string() })).readonly(),
    refused: z.array(refusedItem).readonly(),
  })
  .meta({ id: 'AcceptedList', title: 'What became of each message of a list' });

export const result = resultV1.meta({ id: 'Result', title: 'Result v1' });

export const timeline = z
  .strictObject({
    id: z.string(),
    state: z.enum(['scheduled', 'queued', 'claimed', 'uncertain', 'accepted', 'settled']),
    channel: z.enum(CHANNELS).optional(),
    queue: z.string().optional(),
    gateway: z.string().optional(),
    account: z.string().optional(),
    agent: z.string().optional(),
    wireId: z.string().optional(),
    step: z.int().min(0).meta({ description: 'Step of the fallback chain, from 0' }),
    attempt: z.int().min(0).meta({ description: 'Attempt within the step, from 1' }),
    next: z
      .strictObject({ channel: z.string(), onUnknown: z.enum(['stop', 'send']) })
      .optional()
      .meta({ description: 'What follows when this step fails' }),
    times: z.strictObject({
      enqueued: time.optional(),
      scheduled: time.optional(),
      claimed: time.optional(),
      accepted: time.optional(),
      settled: time.optional(),
    }),
    attempts: z
      .array(
        z.strictObject({
          step: z.int().min(0),
          channel: z.string(),
          gateway: z.string(),
          wireId: z.string(),
          gatewayCode: z.string().optional(),
          reason: z.string().optional(),
          at: time,
          acceptedAt: time.optional(),
          reportedAt: time.optional(),
        }),
      )
      .readonly()
      .meta({ description: 'Earlier attempts' }),
    result: result.optional().meta({ description: 'Once it has one' }),
  })
  .meta({ id: 'Timeline', title: 'Where a message stands' });

export const problemDetails = z
  .looseObject({
    type: z.string().meta({ description: 'Where this kind of problem is explained' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().meta({ description: 'Stable, kebab-case: branch on it' }),
    requestId: z.string(),
    problems: problemList.optional().meta({ description: 'Every rule that was broken' }),
  })
  .meta({ id: 'Problem', title: 'RFC 9457 problem details' });
