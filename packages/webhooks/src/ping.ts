import { type ResultV1, reasonOf } from '@pabal/message';
import { resultJobId } from '@pabal/queues';
import type { Clock } from '@pabal/session';
import { judge, type Verdict } from './answer.js';
import { Poster } from './post.js';
import { type Resolve, systemResolve } from './resolve.js';
import { secretsOf, type WebhookSettings } from './settings.js';
import { deliveryHeaders } from './sign.js';

/** What a receiver made of a sample. */
export interface Ping {
  readonly verdict: Verdict;
  /** From the look-up of its name to its status, ms. */
  readonly ms: number;
}

/**
 * Delivers a sample to a webhook, once, as a result is delivered: signed, judged, within its timeout. Its id says what it is; no
 * message has it.
 * @param name makes the sample's id its own: 1 to 40 characters of `[A-Za-z0-9_-]`
 */
export async function pingWebhook(
  settings: WebhookSettings,
  name: string,
  {
    clock,
    now,
    resolve = systemResolve,
  }: { readonly clock: Clock; readonly now: () => number; readonly resolve?: Resolve },
): Promise<Ping> {
  const result: ResultV1 = {
    v: 1,
    id: `webhook-test-${name}`,
    status: 'delivered',
    reason: reasonOf('delivered'),
    retryable: false,
    channel: 'sms',
    attempts: [],
    times: { enqueued: new Date(now()).toISOString() },
  };
  const body = JSON.stringify(result);
  const signed = { id: resultJobId(result.id), timestamp: Math.floor(now() / 1_000), body };
  const poster = new Poster({ resolve, clock });
  const startedAt = clock.now();
  const answer = await poster.post({
    url: new URL(settings.url),
    body,
    headers: deliveryHeaders(signed, secretsOf(settings)),
    timeoutMs: settings.timeout,
    allowPrivate: settings.allowPrivate,
    ca: settings.ca,
    signal: new AbortController().signal,
  });
  const ms = clock.now() - startedAt;
  poster.close();
  return { verdict: judge(answer ?? { kind: 'failed', reason: 'failed' }, now()), ms };
}
