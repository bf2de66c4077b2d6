import type { Problem } from '@pabal/message';
import type { Caller } from './caller.js';
import type { MakeId } from './idempotency.js';

type Given = Readonly<Record<string, unknown>>;

/**
 * A message with what its sender's key adds to it: where its result goes, unless it says so itself, and an id where the
 * request's `Idempotency-Key` makes one. What is no object is left to be refused. Pure.
 */
export function withKeyDefaults(
  message: unknown,
  { replyTo, webhook }: Pick<Caller, 'replyTo' | 'webhook'>,
  place: number,
  makeId: MakeId | undefined,
): unknown {
  if (!isGiven(message)) return message;
  const added = {
    ...destinationOf(message, replyTo, webhook),
    ...(makeId === undefined || message.id !== undefined ? {} : { id: makeId(place) }),
  };
  return Object.keys(added).length === 0 ? message : { ...message, ...added };
}

function destinationOf(message: Given, replyTo: string | undefined, webhook: string | undefined): Given {
  if (isGiven(message.webhook)) {
    const named = message.webhook.name !== undefined || webhook === undefined;
    return named ? {} : { webhook: { ...message.webhook, name: webhook } };
  }
  if (message.replyTo !== undefined || message.webhook !== undefined) return {};
  if (webhook !== undefined) return { webhook: { name: webhook } };
  return replyTo === undefined ? {} : { replyTo };
}

/**
 * Why a key may not send this message: results of a key with a destination of its own go nowhere else, so that none is
 * read, or signed, as somebody else's. Pure.
 */
export function keyProblems(
  message: unknown,
  { replyTo, webhook }: Pick<Caller, 'replyTo' | 'webhook'>,
): Problem[] {
  if (!isGiven(message) || (replyTo === undefined && webhook === undefined)) return [];
  const hook = isGiven(message.webhook) ? message.webhook.name : undefined;
  const others = [
    ['replyTo', message.replyTo, replyTo],
    ['webhook.name', hook, webhook],
  ] as const;
  return others.flatMap(([field, given, own]): Problem[] => {
    if (given === undefined || given === own) return [];
    const message = `${field} must be ${own ?? 'absent'}: the results of this key go to one place`;
    return [{ field, rule: 'other-destination', message, ...(own === undefined ? {} : { limit: own }) }];
  });
}

function isGiven(value: unknown): value is Given {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
