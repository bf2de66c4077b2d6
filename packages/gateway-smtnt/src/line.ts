import type { MessageV1, Problem } from '@pabal/message';
import { Codec } from '@pabal/protocol-smtnt';
import {
  createSendLine,
  type LineDeps,
  type ManagedSendLine,
  type SendLine,
  type SessionPolicy,
} from '@pabal/session';
import { FieldError } from '@pabal/wire';
import { nodeCompression } from './compression.js';
import type { SmtntAccount, SmtntConfig } from './config.js';
import { aesCipher } from './crypto.js';
import { RATE_DOMAIN, SmtntDialect, type SmtntSubmit } from './dialect.js';
import { HoursGate } from './hours-gate.js';
import { CARRIED, contentProblems, errorOf, problemOf, toMsgSendReq } from './mapping.js';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
/** Beyond the waits that the specification asks for: the server's clock is not ours. */
const WAIT_MARGIN_MS = 200;
/** As long as any wire id, for checking a message that has none yet. */
const ANY_WIRE_ID = '0'.repeat(20);
/** The window in which a recipient's messages are counted. */
const BURST_WINDOW_MS = 5 * SECOND_MS;

/** The codec of one configured gateway: its key, and Node's own zlib. */
export function codecOf(config: SmtntConfig): Codec {
  return new Codec({ cipher: aesCipher(config.crypto.key, config.crypto.iv), compression: nodeCompression });
}

/** Makes the frame of a message. @throws FieldError naming the first problem. */
export function prepareSubmit(
  config: SmtntConfig,
  codec: Codec,
  message: MessageV1,
  wireId: string,
): SmtntSubmit {
  const [problem] = contentProblems(message);
  if (problem) throw errorOf(problem);
  const frame = codec.encode({ method: 'MsgSendReq', body: toMsgSendReq(message, wireId, config.reseller) });
  return { channel: message.channel, wireId, recipient: message.to, bytes: frame.length, frame };
}

/** Why this gateway cannot carry the message: exactly what {@link prepareSubmit} would refuse. */
export function problemsOf(config: SmtntConfig, codec: Codec, message: MessageV1): readonly Problem[] {
  const problems = contentProblems(message);
  if (problems.length > 0) return problems;
  try {
    codec.json({ method: 'MsgSendReq', body: toMsgSendReq(message, ANY_WIRE_ID, config.reseller) });
    return [];
  } catch (error) {
    if (error instanceof FieldError) return [problemOf(error)];
    throw error;
  }
}

/** What a session of this gateway waits for, and how long (SMTNT 1.2). */
export function sessionPolicy(config: SmtntConfig): SessionPolicy {
  const retryMs = config.loginRetry + WAIT_MARGIN_MS;
  return {
    connectTimeoutMs: 10 * SECOND_MS,
    loginTimeoutMs: 10 * SECOND_MS,
    ackTimeoutMs: config.ackTimeout,
    logoutTimeoutMs: 3 * SECOND_MS,
    noticeLimit: 256,
    // The server closes after 30 s without a byte from us; the ping goes out well before.
    keepAlive: { kind: 'idle', afterMs: config.aliveAfter, answerMs: 10 * SECOND_MS, maxUnanswered: 1 },
    backoff: {
      lost: { firstMs: 500, capMs: 30 * SECOND_MS },
      // A second login is refused until the server has dropped the first, which it does 30 s after that one's last
      // byte: that wait never grows.
      refused: {
        minMs: retryMs,
        capMs: Math.max(retryMs, 10 * MINUTE_MS),
        takeOverMs: Number.POSITIVE_INFINITY,
      },
      keepAliveLostMs: retryMs,
      stableMs: MINUTE_MS,
    },
  };
}

/** Opens the one session of an account, which carries submits and reports both. */
export function openLine(
  config: SmtntConfig,
  account: SmtntAccount,
  deps: LineDeps,
  onEffectiveHours: (hours: number) => void,
): SendLine {
  const codec = codecOf(config);
  const { window } = config;
  let line: ManagedSendLine<SmtntSubmit> | undefined;
  const gate = new HoursGate({
    clock: deps.clock,
    fleetNow: deps.fleetNow,
    onOpen: () => line?.notifyChanged(),
  });
  const dialect = new SmtntDialect({
    account,
    codec,
    untilOpenMs: () => gate.untilOpenMs(),
    onTerms({ hours, effectiveHours }) {
      gate.learn(hours);
      if (effectiveHours !== undefined && effectiveHours > 0) onEffectiveHours(effectiveHours);
    },
  });
  line = createSendLine<SmtntSubmit>({
    deps: {
      ...deps,
      onEvent(event) {
        // The line has this one session: when it is closed for good, nobody asks for the hours any more.
        if (event.kind === 'session' && event.to === 'closed') gate.stop();
        deps.onEvent(event);
      },
    },
    sessions: [
      {
        name: `smtnt@${config.host}:${config.port}`,
        channels: CARRIED,
        dialect,
        endpoint: () => ({ host: config.host, port: config.port }),
      },
    ],
    policy: sessionPolicy(config),
    domainOf: (channel) => (CARRIED.includes(channel) ? RATE_DOMAIN : undefined),
    prepare: (message, wireId) => prepareSubmit(config, codec, message, wireId),
    paceGuardMs: config.paceGuardMs,
    opensAt: () => gate.opensAt(),
    ...(window === undefined ? {} : { window: () => window }),
    ...(config.recipientBurst === 0
      ? {}
      : { recipientBurst: { limit: config.recipientBurst, windowMs: BURST_WINDOW_MS } }),
  });
  return line;
}
