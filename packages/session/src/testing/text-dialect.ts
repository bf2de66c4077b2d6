/** A made-up protocol of text lines, so that sessions are tested without a gateway. */
import type { Channel } from '@pabal/message';
import type { AckOutcome, Dialect, DialectConnection, Inbound } from '../dialect.js';
import type { LineDeps, LineEvent, Notice, PreparedSubmit } from '../gateway.js';
import type { SessionPolicy } from '../policy.js';
import { LocalMemory } from './local-memory.js';

export interface TextSubmit extends PreparedSubmit {
  readonly line: string;
}

export const policy: SessionPolicy = {
  connectTimeoutMs: 5000,
  loginTimeoutMs: 5000,
  ackTimeoutMs: 30_000,
  logoutTimeoutMs: 1000,
  noticeLimit: 4,
  keepAlive: { kind: 'idle', afterMs: 60_000, answerMs: 5000, maxUnanswered: 2 },
  backoff: {
    lost: { firstMs: 200, capMs: 10_000 },
    refused: { minMs: 10_000, capMs: 300_000, takeOverMs: 600_000 },
    keepAliveLostMs: 30_000,
    stableMs: 30_000,
  },
};

const bytes = (line: string): Uint8Array => Buffer.from(`${line}\n`, 'latin1');

export function textSubmit(wireId: string, channel: Channel = 'sms', recipient = `010${wireId}`): TextSubmit {
  return { channel, wireId, recipient, bytes: 10, line: `submit ${wireId}` };
}

export const textDialect: Dialect<TextSubmit> = { connect: () => new TextConnection() };

class TextConnection implements DialectConnection<TextSubmit> {
  #rest = '';
  #keyed = false;

  login(): Uint8Array {
    return bytes('login');
  }

  *receive(chunk: Uint8Array): Generator<Inbound, void, undefined> {
    this.#rest += Buffer.from(chunk).toString('latin1');
    for (let end = this.#rest.indexOf('\n'); end >= 0; end = this.#rest.indexOf('\n')) {
      const line = this.#rest.slice(0, end);
      this.#rest = this.#rest.slice(end + 1);
      this.#keyed ||= line.startsWith('key ');
      yield meaning(line);
    }
  }

  encode(submit: TextSubmit): Uint8Array {
    if (submit.line === '') throw new Error('nothing to encode');
    return bytes(submit.line);
  }

  /** Between the key and the welcome, silence is a refusal. */
  unanswered(): string | undefined {
    return this.#keyed ? 'no-welcome' : undefined;
  }

  ping(): Uint8Array {
    return bytes('ping');
  }

  logout(): Uint8Array {
    return bytes('bye');
  }
}

function meaning(line: string): Inbound {
  const [word = '', first = '', second = ''] = line.split(' ');
  switch (word) {
    case 'welcome': {
      const grants = first.split(',').map((grant) => grant.split('='));
      return {
        kind: 'loginAccepted',
        grants: Object.fromEntries(grants.map(([domain = '', rate]) => [domain, Number(rate)])),
      };
    }
    case 'refused':
      return { kind: 'loginRefused', code: first, alreadyConnected: second === 'twice' };
    case 'ack':
      return { kind: 'ack', wireId: first, outcome: ackOutcome(second) };
    case 'note': {
      const notice: Notice = { kind: 'optOut', id: first, recipient: '', optOutNumber: '' };
      return { kind: 'notice', notice, answer: () => bytes(`noted ${first}`) };
    }
    case 'key':
      return { kind: 'reply', bytes: bytes(`use ${first}`) };
    case 'got':
      return { kind: 'answer', topic: 'got', code: first, ...(second !== '' && { value: second }) };
    case 'pong':
      return { kind: 'pong' };
    case 'bye':
      return { kind: 'loggedOut' };
    case 'crash':
      throw new TypeError('a mistake of ours');
    case 'news':
      return { kind: 'ignored', what: 'news' };
    default:
      throw new TextProtocolError();
  }
}

function ackOutcome(code: string): AckOutcome {
  if (code === 'throttled') return { kind: 'throttled', code, pauseMs: 400 };
  return { kind: 'accepted', code };
}

/** Shaped like the wire package's ProtocolError, on which sessions do not depend. */
class TextProtocolError extends Error {
  readonly code = 'protocol';
  readonly reason = 'no-such-word';
}

/** Dependencies of a line whose storage the test decides about. */
export function lineDeps(clock: LineDeps['clock'], overrides: Partial<LineDeps> = {}) {
  const events: LineEvent[] = [];
  const stored: Notice[] = [];
  const logged: string[] = [];
  const log = (_fields: object, event: string): void => void logged.push(event);
  const deps: LineDeps = {
    identity: { gateway: 'g', account: 'a', agent: 'a' },
    clock,
    random: () => 0,
    fleetNow: () => 1_700_000_000_000 + clock.now(),
    log: { debug: log, info: log, warn: log, error: log },
    mayWrite: () => true,
    onEvent: (event) => void events.push(event),
    onNotice: async (notice) => void stored.push(notice),
    agentsOfAccount: ['a'],
    memory: new LocalMemory(),
    ...overrides,
  };
  return { deps, events, stored, logged };
}
