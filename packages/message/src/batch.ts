import { z } from 'zod';
import { messageShape } from './message-schema.js';
import type { Problem } from './problem.js';
import { problemsOf } from './problem.js';

/** Members that one batch may have. */
export const MAX_BATCH_MESSAGES = 1_000;

/** The shape of a batch as producers write it, for its JSON Schema: each member is a message v1 by itself. */
export const batchShape = z.strictObject({
  v: z.literal(1).optional(),
  messages: z.array(messageShape).min(1).max(MAX_BATCH_MESSAGES),
});

/** What makes a job a batch at all. Its members are looked at one by one, so that a bad one does not hurt the others. */
const envelope = batchShape.extend({ messages: z.array(z.unknown()).min(1).max(MAX_BATCH_MESSAGES) });

export type ParsedBatch =
  | { readonly ok: true; readonly messages: readonly unknown[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Tells whether a value is a batch: `messages` with 1 to {@link MAX_BATCH_MESSAGES} members. They are whatever a producer
 * put there: each still has to be parsed as a message. Never throws.
 */
export function parseBatch(input: unknown): ParsedBatch {
  const parsed = envelope.safeParse(input);
  return parsed.success
    ? { ok: true, messages: parsed.data.messages }
    : { ok: false, problems: problemsOf(parsed.error, input) };
}

/** A member's problem with the place of the member in its batch: `messages.17.text`. Pure. */
export function problemOfMember(place: number, problem: Problem): Problem {
  const member = `messages.${place}`;
  const { field } = problem;
  // The whole of a message is called so.
  return { ...problem, field: field === 'message' ? member : `${member}.${field}` };
}
