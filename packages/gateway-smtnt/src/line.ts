import type { MessageV1, Problem } from '@pabal/message';
import {
  type AttachedFile,
  type Attachments,
  createSendLine,
  type LineDeps,
  type ManagedSendLine,
  type SendLine,
  type SessionPolicy,
} from '@pabal/session';
import { FieldError } from '@pabal/wire';
import { type CodecSource, codecsOf, plainCodec } from './codecs.js';
import type { SmtntAccount, SmtntConfig } from './config.js';
import { RATE_DOMAIN, SmtntDialect, type SmtntSubmit } from './dialect.js';
import { HoursGate } from './hours-gate.js';
import { CARRIED, contentProblems, errorOf, problemOf, toMsgSendReq } from './mapping.js';
import { NamedFiles } from './named-files.js';
import { StagedUploads, Uploads } from './uploads.js';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
/** Beyond the waits that the specification asks for: the server's clock is not ours. */
const WAIT_MARGIN_MS = 200;
/** As long as any wire id, for checking a message that has none yet. */
const ANY_WIRE_ID = '0'.repeat(20);
/** The window in which a recipient's messages are counted. */
const BURST_WINDOW_MS = 5 * SECOND_MS;

const NO_FILES: Attachments = { files: [] };

/**
 * Makes a message ready to be written.
 * @param codecs those of the configuration.
 * @throws FieldError naming the first problem.
 * @throws Error when the message has files that were not staged: a mistake of the caller, not of the message.
 */
export function prepareSubmit(
  config: SmtntConfig,
  codecs: CodecSource,
  message: MessageV1,
  wireId: string,
  attachments: Attachments = NO_FILES,
): SmtntSubmit {
  const [problem] = contentProblems(message, attachments.files);
  if (problem) throw errorOf(problem);
  const body = toMsgSendReq(message, wireId, config, namesOf(message, attachments));
  const packet = { method: 'MsgSendReq', body } as const;
  const { channel, to: recipient } = message;
  if (codecs.keyed) {
    // Its key is the login's: checked now, encrypted when it is written.
    const bytes = Buffer.byteLength(plainCodec.json(packet), 'utf8');
    return { channel, wireId, recipient, bytes, packet, frame: undefined };
  }
  const frame = codecs.first.encode(packet);
  return { channel, wireId, recipient, bytes: frame.length, packet, frame };
}

/** The names of a message's files on the server. Whether the server still has them is asked when it is written. */
function namesOf({ files = [] }: MessageV1, { staged }: Attachments): readonly string[] {
  if (files.length === 0) return [];
  if (!(staged instanceof StagedUploads) || staged.names.length !== files.length) {
    throw new Error(`the ${files.length} files of the message were not staged on this line`);
  }
  return staged.names;
}

/** Why this gateway cannot carry the message: exactly what {@link prepareSubmit} would refuse. */
export function problemsOf(
  config: SmtntConfig,
  message: MessageV1,
  files?: readonly AttachedFile[],
): readonly Problem[] {
  const problems = contentProblems(message, files);
  if (problems.length > 0) return problems;
  try {
    plainCodec.json({ method: 'MsgSendReq', body: toMsgSendReq(message, ANY_WIRE_ID, config) });
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
  const codecs = codecsOf(config);
  const { window } = config;
  let line: ManagedSendLine<SmtntSubmit> | undefined;
  const gate = new HoursGate({
    clock: deps.clock,
    fleetNow: deps.fleetNow,
    onOpen: () => line?.notifyChanged(),
  });
  const dialect = new SmtntDialect({
    account,
    codecs,
    untilOpenMs: () => gate.untilOpenMs(),
    onTerms({ hours, effectiveHours }) {
      gate.learn(hours);
      if (effectiveHours !== undefined && effectiveHours > 0) onEffectiveHours(effectiveHours);
    },
  });
  const uploads = new Uploads({
    config,
    clock: deps.clock,
    line: () => line,
    untilOpenMs: () => gate.untilOpenMs(),
  });
  const named = new NamedFiles();
  const opened = createSendLine<SmtntSubmit>({
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
    domainOf: () => RATE_DOMAIN,
    prepare(message, wireId, attachments) {
      const submit = prepareSubmit(config, codecs, message, wireId, attachments);
      return message.files === undefined ? submit : named.enter(submit);
    },
    stage: (message, files, complete) => uploads.stage(message, files, complete),
    paceGuardMs: config.paceGuardMs,
    opensAt: () => gate.opensAt(),
    ...(window === undefined ? {} : { window: () => window }),
    ...(config.recipientBurst === 0
      ? {}
      : { recipientBurst: { limit: config.recipientBurst, windowMs: BURST_WINDOW_MS } }),
  });
  line = opened;
  return {
    identity: opened.identity,
    nextAt: (channel, urgent) => opened.nextAt(channel, urgent),
    recipientFreeAt: (recipient) => opened.recipientFreeAt(recipient),
    lastWriteTo: (recipient) => opened.lastWriteTo(recipient),
    reserve(channel, urgent, aheadMs) {
      const slot = opened.reserve(channel, urgent, aheadMs);
      return slot && named.watch(slot);
    },
    stage: (message, files, complete) => opened.stage(message, files, complete),
    prepare: (message, wireId, attachments) => opened.prepare(message, wireId, attachments),
    inFlight: (channel) => opened.inFlight(channel),
    window: (channel) => opened.window(channel),
    isOpen: (channel) => opened.isOpen(channel),
    status: () => opened.status(),
    drain: (limitMs) => opened.drain(limitMs),
    close: (reason) => opened.close(reason),
  };
}
