import type { Channel } from './channel.js';
import type { FallbackStep, MessageV1, ParseOptions } from './message.js';
import { messageProblems } from './message-rules.js';
import { type FallbackShape, type MessageShape, messageShape } from './message-schema.js';
import { normaliseNumber } from './phone-number.js';
import { type Problem, problemsOf } from './problem.js';

export type ParsedMessage =
  | { readonly ok: true; readonly message: MessageV1 }
  | { readonly ok: false; readonly problems: Problem[] };

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Fills in what the caller knows: the queue's channel, a fresh id. The input itself is never changed. */
function complete(input: unknown, options: ParseOptions): unknown {
  if (!isObject(input)) return input;
  const channel = input.channel === undefined ? options.channel : undefined;
  const id = input.id === undefined ? options.makeId?.() : undefined;
  if (channel === undefined && id === undefined) return input;
  return { ...input, ...(channel === undefined ? {} : { channel }), ...(id === undefined ? {} : { id }) };
}

function topLevel(field: string): string {
  return field.split('.', 1)[0] ?? field;
}

/** The fields of an input without those that broke their shape; empty for anything but an object. */
function withoutFields(input: unknown, fields: ReadonlySet<string>): Partial<MessageShape> {
  if (!isObject(input)) return {};
  const kept = Object.entries(input).filter(([key]) => !fields.has(key));
  return Object.fromEntries(kept) as Partial<MessageShape>;
}

function channelProblem(actual: Channel | undefined, expected: Channel | undefined): Problem | undefined {
  if (expected === undefined || actual === undefined || actual === expected) return undefined;
  const message = `channel must be ${expected}, the channel of its queue`;
  return { field: 'channel', rule: 'channel-of-queue', message, limit: expected, actual };
}

function rulesOf(shape: Partial<MessageShape>, options: ParseOptions): Problem[] {
  const channel = channelProblem(shape.channel, options.channel);
  const problems = messageProblems(shape, options.now);
  return channel ? [channel, ...problems] : problems;
}

function digitsOf(value: string): string {
  const number = normaliseNumber(value);
  return number.ok ? number.digits : value;
}

function utc(time: string): string {
  return new Date(time).toISOString();
}

/** Drops what says nothing: keys whose value is undefined, and a false `urlCallback`. */
function compact<T extends object>(value: T): T {
  for (const key of Object.keys(value) as (keyof T)[]) {
    if (value[key] === undefined) delete value[key];
  }
  return value;
}

function normaliseStep(step: FallbackShape): FallbackStep {
  const { urlCallback, ...rest } = step;
  const normal = { ...rest, text: step.text ?? '', onUnknown: step.onUnknown ?? 'stop' };
  return compact(urlCallback ? { ...normal, urlCallback } : normal) as FallbackStep;
}

function normalise(shape: MessageShape): MessageV1 {
  const { urlCallback, sendAt, expiresAt, fallback, ...rest } = shape;
  return compact({
    ...rest,
    v: 1,
    to: digitsOf(shape.to),
    from: digitsOf(shape.from),
    text: shape.text ?? '',
    priority: shape.priority ?? 'normal',
    urlCallback: urlCallback || undefined,
    sendAt: sendAt === undefined ? undefined : utc(sendAt),
    expiresAt: expiresAt === undefined ? undefined : utc(expiresAt),
    fallback: fallback?.map(normaliseStep),
  }) as MessageV1;
}

/**
 * Checks a message v1 against every rule that holds at the door and normalises it: numbers to digits, times to UTC,
 * defaults filled in. All mistakes come out at once. Never throws; parsing its own result again gives an equal message.
 */
export function parseMessage(input: unknown, options: ParseOptions = {}): ParsedMessage {
  const completed = complete(input, options);
  const parsed = messageShape.safeParse(completed);
  if (parsed.success) {
    const problems = rulesOf(parsed.data, options);
    return problems.length > 0 ? { ok: false, problems } : { ok: true, message: normalise(parsed.data) };
  }
  const problems = problemsOf(parsed.error, completed);
  const broken = new Set(problems.map(({ field }) => topLevel(field)));
  const others = rulesOf(withoutFields(completed, broken), options);
  return {
    ok: false,
    problems: [...problems, ...others.filter(({ field }) => !broken.has(topLevel(field)))],
  };
}
