import type { Cipher, GrantServer } from '@pabal/protocol-lghv';
import {
  type Connect,
  createReportLine,
  createSendLine,
  defaultRecipientBurst,
  type LineDeps,
  type LineStatus,
  type RecipientBurstLimits,
  type ReportLine,
  type SendLine,
  type SessionSpec,
} from '@pabal/session';
import { aesCipher } from './cipher.js';
import type { LghvConfig } from './config.js';
import { LghvDialect, type LghvSubmit } from './dialect.js';
import { type RequestGrant, requestGrant } from './grant-request.js';
import { ImageMemory } from './image-memory.js';
import { ImageReuse } from './image-reuse.js';
import { channelsOf, domainOf } from './lanes.js';
import { deliverFrame } from './mapping.js';
import { backoffPolicy, sessionPolicy } from './policy.js';
import { GRANT_SESSION, ServerDirectory } from './server-directory.js';

/** What a test puts in place of the network. */
export interface LineSeams {
  readonly connect?: Connect;
  readonly requestGrant?: RequestGrant;
}

/** The parts of a line that both directions share: the cipher, and the servers that GRANT names. */
interface Parts {
  readonly cipher: Cipher;
  readonly directory: ServerDirectory;
}

/** All SEND sessions of one agent: one on every server that carries a channel of ours. */
export function openSendLine(config: LghvConfig, deps: LineDeps, seams: LineSeams = {}): SendLine {
  const { cipher, directory } = parts('S', config, deps, seams, (sessions) => line.sync(sessions));
  const images = imageReuse(config, deps);
  const line = createSendLine<LghvSubmit>({
    deps,
    sessions: [],
    policy: sessionPolicy(config, 'S'),
    domainOf,
    stage: (message, files, complete) => images.stage(message, files, complete),
    prepare(message, wireId, attachments) {
      const { parts, use } = images.plan(message, attachments);
      const frame = deliverFrame(message, wireId, config, cipher, parts);
      const { channel, to: recipient } = message;
      return images.enter({ channel, wireId, recipient, bytes: frame.length, frame }, use);
    },
    paceGuardMs: config.paceGuardMs,
    ...windowOption(config),
    ...burstOption(config),
    ...connectOption(seams),
  });
  directory.start();
  return {
    identity: line.identity,
    nextAt: (channel, urgent) => line.nextAt(channel, urgent),
    recipientFreeAt: (recipient) => line.recipientFreeAt(recipient),
    lastWriteTo: (recipient) => line.lastWriteTo(recipient),
    reserve(channel, urgent, aheadMs) {
      const slot = line.reserve(channel, urgent, aheadMs);
      return slot && images.watch(slot);
    },
    stage: (message, files, complete) => line.stage(message, files, complete),
    prepare: (message, wireId, attachments) => line.prepare(message, wireId, attachments),
    inFlight: (channel) => line.inFlight(channel),
    window: (channel) => line.window(channel),
    isOpen: (channel) => line.isOpen(channel),
    status: () => withGrant(line.status(), directory),
    drain: (limitMs) => ending(directory, () => line.drain(limitMs)),
    close: (reason) => ending(directory, () => line.close(reason)),
  };
}

/** All RECV sessions of one agent: one on every server that it sends over. */
export function openReportLine(config: LghvConfig, deps: LineDeps, seams: LineSeams = {}): ReportLine {
  const { directory } = parts('R', config, deps, seams, (sessions) => line.sync(sessions));
  const line = createReportLine<LghvSubmit>({
    deps,
    sessions: [],
    policy: sessionPolicy(config, 'R'),
    ...connectOption(seams),
  });
  directory.start();
  return {
    identity: line.identity,
    isOpen: () => line.isOpen(),
    status: () => withGrant(line.status(), directory),
    drain: (limitMs) => ending(directory, () => line.drain(limitMs)),
    close: (reason) => ending(directory, () => line.close(reason)),
  };
}

function parts(
  lineType: 'S' | 'R',
  config: LghvConfig,
  deps: LineDeps,
  seams: LineSeams,
  sync: (sessions: readonly SessionSpec<LghvSubmit>[]) => void,
): Parts {
  const cipher = aesCipher(config.crypto.key, config.crypto.iv);
  const { clock, identity, log, mayWrite, onEvent, random } = deps;
  const dialect = new LghvDialect({
    lineType,
    agentId: identity.agent,
    config,
    cipher,
    onDamagedTail: once(() => log.warn({ agent: identity.agent, lineType }, 'header.damagedTail')),
  });
  /** Servers that had a session: one that GRANT calls unusable now keeps its connection for as long as it lasts. */
  const opened = new Set<string>();
  const warned = new Set<string>();

  function specOf({ sid }: GrantServer): SessionSpec<LghvSubmit> {
    return {
      name: `${lineType === 'S' ? 'send' : 'recv'}@${sid}`,
      channels: lineType === 'S' ? channelsOf(sid, config.servers) : [],
      dialect,
      endpoint: () => directory.endpoint(sid),
    };
  }

  function warnOfUnknown(sid: string): void {
    if (warned.has(sid)) return;
    warned.add(sid);
    log.warn({ sid }, 'grant.unknownServer');
  }

  const directory = new ServerDirectory({
    requestGrant: seams.requestGrant ?? (() => requestGrant(config, cipher)),
    clock,
    random,
    log,
    backoff: backoffPolicy(config),
    mayAsk: mayWrite,
    onServers(servers) {
      const wanted = servers.filter((server) => {
        if (!server.usable && !opened.has(server.sid)) return false;
        if (channelsOf(server.sid, config.servers).length > 0) return true;
        warnOfUnknown(server.sid);
        return false;
      });
      opened.clear();
      for (const { sid } of wanted) opened.add(sid);
      sync(wanted.map(specOf));
    },
    onRefused: (code, repeated) => onEvent({ kind: 'loginRefused', session: GRANT_SESSION, code, repeated }),
  });
  return { cipher, directory };
}

function imageReuse(
  { imageReuse: reuseMs }: LghvConfig,
  { fleetNow, identity, memory }: LineDeps,
): ImageReuse {
  return new ImageReuse(
    new ImageMemory({ shared: memory, account: identity.account, now: fleetNow, reuseMs }),
  );
}

function withGrant(status: LineStatus, directory: ServerDirectory): LineStatus {
  const grant = directory.status;
  return grant ? { ...status, sessions: [grant, ...status.sessions] } : status;
}

function ending<Result>(directory: ServerDirectory, end: () => Result): Result {
  directory.stop();
  return end();
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}

function windowOption({ window }: LghvConfig) {
  return window === undefined ? {} : { window: () => window };
}

/** How often the account may write to one recipient; undefined where it may as often as it likes. */
export function recipientBurst({ recipientBurst: limit }: LghvConfig): RecipientBurstLimits | undefined {
  return limit === 0 ? undefined : { ...defaultRecipientBurst, limit };
}

function burstOption(config: LghvConfig) {
  const limits = recipientBurst(config);
  return limits && { recipientBurst: limits };
}

function connectOption({ connect }: LineSeams) {
  return connect === undefined ? {} : { connect };
}
