import type { Channel } from './channel.js';
import { type JsonBounds, jsonExcess } from './json.js';
import type { FallbackStep, MessageV1, ParseOptions } from './message.js';
import { messageProblems } from './message-rules.js';
import { type FallbackShape, type MessageShape, messageShape } from './message-schema.js';
import { normaliseNumber } from './phone-number.js';
import { type Problem, printableKey, problemsOf } from './problem.js';

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

/** Generous for every good message: its largest part is five fallback steps with all of their buttons. */
const DOOR_BOUNDS: JsonBounds = { depth: 16, values: 4000, characters: 1_000_000 };

/** Far more than there are. Each unknown one is named, which of tens of thousands would take a second. */
const MAX_FIELDS = 100;

/** More problems than this help nobody, and they are stored with the result. */
const MAX_PROBLEMS = 50;

/**
 * What is too deep or too large to be looked at any closer, field by field. A value that is no JSON is left to the
 * schema, which says more of it.
 */
function excessProblems(input: unknown): Problem[] {
  if (!isObject(input)) return [];
  return Object.entries(input).flatMap(([key, value]) => {
    const excess = jsonExcess(value, DOOR_BOUNDS);
    if (!excess || excess.rule === 'type') return [];
    const field = printableKey(key);
    const { says, ...rest } = excess;
    return [{ field, ...rest, message: `${field} ${says}` }];
  });
}

/** Required only without files: files that broke their shape are there all the same. */
const INSTEAD_OF_FILES: ReadonlySet<string> = new Set(['text', 'kakao.image.url']);

function refused(problems: Problem[]): ParsedMessage {
  const more = problems.length - MAX_PROBLEMS;
  if (more <= 0) return { ok: false, problems };
  const message = `message breaks ${more} more rules`;
  const last = { field: 'message', rule: 'too-many', message, limit: MAX_PROBLEMS, actual: problems.length };
  return { ok: false, problems: [...problems.slice(0, MAX_PROBLEMS), last] };
}

function tooManyFields(actual: number): ParsedMessage {
  const message = `message must have at most ${MAX_FIELDS} fields`;
  return {
    ok: false,
    problems: [{ field: 'message', rule: 'too-many', message, limit: MAX_FIELDS, actual }],
  };
}

type Mutable<T> = { -readonly [K in keyof T]?: T[K] | undefined };

/** Copies the keys that say something, at every level: a key whose value is undefined is as good as absent. */
function copyDefined(source: object): Record<string, unknown> {
  const said = Object.entries(source).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said.map(([key, value]) => [key, definedValue(value)]));
}

/** No deeper than {@link DOOR_BOUNDS}. */
function definedValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(definedValue);
  return isObject(value) ? copyDefined(value) : value;
}

function normaliseStep(step: FallbackShape): FallbackStep {
  const normal: Mutable<FallbackStep> = copyDefined(step);
  normal.text = step.text ?? '';
  normal.onUnknown = step.onUnknown ?? 'stop';
  if (step.urlCallback === false) delete normal.urlCallback;
  return normal as FallbackStep;
}

function normalise(shape: MessageShape): MessageV1 {
  const normal: Mutable<MessageV1> = copyDefined(shape);
  normal.v = 1;
  normal.to = digitsOf(shape.to);
  normal.from = digitsOf(shape.from);
  normal.text = shape.text ?? '';
  normal.priority = shape.priority ?? 'normal';
  if (shape.urlCallback === false) delete normal.urlCallback;
  if (shape.sendAt !== undefined) normal.sendAt = utc(shape.sendAt);
  if (shape.expiresAt !== undefined) normal.expiresAt = utc(shape.expiresAt);
  if (shape.fallback !== undefined) normal.fallback = shape.fallback.map(normaliseStep);
  return normal as MessageV1;
}

/**
 * Checks a message v1 against every rule that holds at the door and normalises it: numbers to digits, times to UTC,
 * defaults filled in. All mistakes come out at once. Never throws; parsing its own result again gives an equal message.
 */
export function parseMessage(input: unknown, options: ParseOptions = {}): ParsedMessage {
  const fields = isObject(input) ? Object.keys(input).length : 0;
  if (fields > MAX_FIELDS) return tooManyFields(fields);
  const completed = complete(input, options);
  const excess = excessProblems(completed);
  if (excess.length > 0) return refused(excess);
  const parsed = messageShape.safeParse(completed);
  if (parsed.success) {
    const problems = rulesOf(parsed.data, options);
    return problems.length > 0 ? refused(problems) : { ok: true, message: normalise(parsed.data) };
  }
  const problems = problemsOf(parsed.error, completed);
  const broken = new Set(problems.map(({ field }) => topLevel(field)));
  const others = rulesOf(withoutFields(completed, broken), options).filter(
    ({ field, rule }) => !(broken.has('files') && rule === 'required' && INSTEAD_OF_FILES.has(field)),
  );
  return refused([...problems, ...others.filter(({ field }) => !broken.has(topLevel(field)))]);
}
