import type { MessageV1, Problem } from '@pabal/message';
import { readWebhook } from '@pabal/message';
import type { Destination } from '@pabal/queues';

/** Which names the fleet declares for results to go to. */
export interface Destinations {
  /** Names that `replyTo` may have. */
  readonly replies: ReadonlySet<string>;
  /** Names that `webhook.name` may have. */
  readonly webhooks: ReadonlySet<string>;
}

/** Why the result of a message could go nowhere; undefined when it can. Pure. */
export function destinationProblem(
  { replyTo, webhook }: MessageV1,
  { replies, webhooks }: Destinations,
): Problem | undefined {
  if (replyTo !== undefined && !replies.has(replyTo)) {
    const message = 'replyTo names a queue that the fleet does not declare';
    return { field: 'replyTo', rule: 'undeclared-reply', message };
  }
  if (webhook !== undefined && !webhooks.has(webhook.name)) {
    const message = 'webhook.name names a webhook that the fleet does not declare';
    return { field: 'webhook.name', rule: 'undeclared-webhook', message };
  }
  return undefined;
}

/**
 * Where the result of a refused message goes: where it says, as far as that can be read and is declared. A webhook with a bad
 * URL falls back on the declared one, which is its owner's as well. Pure.
 */
export function destinationOf(
  { replyTo, webhook }: Readonly<Record<string, unknown>>,
  { replies, webhooks }: Destinations,
): Destination {
  if (typeof replyTo === 'string' && replies.has(replyTo)) return { replyTo };
  const part = readWebhook(webhook);
  return part && webhooks.has(part.name) ? { webhook: part } : {};
}
