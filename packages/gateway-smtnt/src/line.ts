import type { MessageV1 } from '@pabal/message';
import { Codec } from '@pabal/protocol-smtnt';
import {
  createSendLine,
  type LineDeps,
  type ManagedSendLine,
  type SendLine,
  type SessionPolicy,
} from '@pabal/session';
import { nodeCompression } from './compression.js';
import type { SmtntAccount, SmtntConfig } from './config.js';
import { aesCipher } from './crypto.js';
import { RATE_DOMAIN, SmtntDialect, type SmtntSubmit } from './dialect.js';
import { HoursGate } from './hours-gate.js';
import { CARRIED, contentProblems, errorOf, toMsgSendReq } from './mapping.js';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
/** The window in which a recipient's messages are counted. */
const BURST_WINDOW_MS = 5 * SECOND_MS;

/** The codec of one configured gateway: its key, and Node's own zlib. */
export function codecOf(config: SmtntConfig): Codec {
  return new Codec({ cipher: aesCipher(config.crypto.key, config.crypto.iv), compression: nodeCompression });
}

/** Checks a message and makes its frame. @throws FieldError naming the first problem. */
export function prepareSubmit(codec: Codec, message: MessageV1, wireId: string): SmtntSubmit {
  const [problem] = contentProblems(message);
  if (problem) throw errorOf(problem);
  const frame = codec.encode({ method: 'MsgSendReq', body: toMsgSendReq(message, wireId) });
  return { channel: message.channel, wireId, recipient: message.to, bytes: frame.length, frame };
}

/** What a session of this gateway waits for, and how long (SMTNT 1.2). */
export function sessionPolicy(config: SmtntConfig): SessionPolicy {
  return {
    connectTimeoutMs: 10 * SECOND_MS,
    loginTimeoutMs: 10 * SECOND_MS,
    ackTimeoutMs: config.ackTimeout,
    logoutTimeoutMs: 3 * SECOND_MS,
    noticeLimit: 256,
    // The server closes after 30 s without a byte from us; ping and answer both fit in before.
    keepAlive: { kind: 'idle', afterMs: 15 * SECOND_MS, answerMs: 10 * SECOND_MS, maxUnanswered: 1 },
    backoff: {
      lost: { firstMs: 500, capMs: 30 * SECOND_MS },
      // A second login is refused until the server has dropped the first: 30 s after that one's last byte, seldom more.
      refused: { minMs: 30 * SECOND_MS, capMs: 10 * MINUTE_MS, takeOverMs: 5 * MINUTE_MS },
      keepAliveLostMs: 30 * SECOND_MS,
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
    prepare: (message, wireId) => prepareSubmit(codec, message, wireId),
    paceGuardMs: config.paceGuardMs,
    opensAt: () => gate.opensAt(),
    ...(window === undefined ? {} : { window: () => window }),
    ...(config.recipientBurst === 0
      ? {}
      : { recipientBurst: { limit: config.recipientBurst, windowMs: BURST_WINDOW_MS } }),
  });
  return line;
}
