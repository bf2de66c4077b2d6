import type { Content, FallbackStep, MessageV1 } from './message.js';

/** What follows the present step of a message. */
export interface NextStep {
  /** Does it follow also when the step before it ended `unknown`? */
  readonly onUnknown: FallbackStep['onUnknown'];
  /** The message as it goes on: the step's content, the same recipient, and the steps after it as its fallback. */
  readonly message: MessageV1;
}

/** The fields that a step brings of its own: none of the step before it is left. */
const OWN = {
  channel: true,
  text: true,
  subject: true,
  files: true,
  kakao: true,
  rcs: true,
  urlCallback: true,
  ad: true,
  gateway: true,
} as const satisfies Record<keyof Content, true>;

/** Said already, or kept elsewhere: when it begins, when it ends, and what only its result brings back. */
const LEFT_OUT = [
  'sendAt',
  'ttlSeconds',
  'expiresAt',
  'ref',
  'userData',
  'replyTo',
  'webhook',
  'fallback',
] as const;

const NOT_COMMON: ReadonlySet<string> = new Set([...Object.keys(OWN), ...LEFT_OUT]);

/**
 * The first fallback step of a message as a message of its own; undefined when it has none. Applied again it gives the
 * step after that one. Pure.
 * @param expiresAt when the whole message expires, epoch ms: its steps all end then
 */
export function nextStep(message: MessageV1, expiresAt: number | undefined): NextStep | undefined {
  const [step, ...later] = message.fallback ?? [];
  if (!step) return undefined;
  const { onUnknown, ...content } = step;
  const common = Object.fromEntries(Object.entries(message).filter(([key]) => !NOT_COMMON.has(key)));
  return {
    onUnknown,
    message: {
      ...(common as Omit<MessageV1, keyof Content>),
      ...content,
      ...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() }),
      ...(later.length > 0 ? { fallback: later } : {}),
    },
  };
}

/** All fallback steps of a message as messages of their own, in their order. Pure. */
export function stepsOf(message: MessageV1): MessageV1[] {
  const steps: MessageV1[] = [];
  for (let next = nextStep(message, undefined); next; next = nextStep(next.message, undefined)) {
    steps.push(next.message);
  }
  return steps;
}
