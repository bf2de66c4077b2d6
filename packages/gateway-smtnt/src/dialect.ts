import {
  type BodyOf,
  type Codec,
  createFrameReader,
  DOUBLE_LOGIN,
  type Envelope,
  type KnownPacket,
} from '@pabal/protocol-smtnt';
import type { Dialect, DialectConnection, Inbound, PreparedSubmit } from '@pabal/session';
import { type FrameReader, ProtocolError } from '@pabal/wire';
import type { CodecSource } from './codecs.js';
import { nodeCompression } from './compression.js';
import type { SmtntAccount } from './config.js';
import { KeyTooShortError } from './crypto.js';
import { type SendingHours, sendingHours } from './hours.js';
import { type Told, told, toldUnparsed } from './notices.js';
import { ackOutcome, isLoginLost } from './outcomes.js';

/** The one rate domain: Speed counts every MsgSendReq of the account, whatever its type (SMTNT 1.2). */
export const RATE_DOMAIN = 'all';
/** SMTNT 3.3.2: always 1. */
const VERSION = 1;

/** A checked message: as a frame already where the key is known, else to be encrypted by the login that carries it. */
export interface SmtntSubmit extends PreparedSubmit {
  readonly packet: KnownPacket;
  readonly frame: Uint8Array | undefined;
}

/** What a login answer grants beside the rate. */
export interface LoginTerms {
  readonly hours: SendingHours;
  /** EffectiveTime: hours in which a message stays valid; undefined when the answer does not say. */
  readonly effectiveHours: number | undefined;
}

export interface SmtntDialectOptions {
  readonly account: SmtntAccount;
  readonly codecs: CodecSource;
  /** Called for every accepted login, before the session becomes ready. */
  readonly onTerms: (terms: LoginTerms) => void;
  /** Milliseconds until the sending hours begin; 0 within them. */
  readonly untilOpenMs: () => number;
}

/** SMTNT, encrypted or not: login, submits, uploads, reports and keepalive on one connection. */
export class SmtntDialect implements Dialect<SmtntSubmit> {
  readonly #options: SmtntDialectOptions;

  constructor(options: SmtntDialectOptions) {
    this.#options = options;
  }

  connect(): SmtntConnection {
    return new SmtntConnection(this.#options);
  }
}

/** One connection, with the codec that its login gave it. */
export class SmtntConnection implements DialectConnection<SmtntSubmit> {
  readonly #options: SmtntDialectOptions;
  readonly #reader: FrameReader = createFrameReader();
  #codec: Codec;
  #awaitsKey: boolean;
  #loggingOut = false;
  /** The gateway answered by "not logged in": this connection has no future. */
  #loginLost = false;

  constructor(options: SmtntDialectOptions) {
    this.#options = options;
    this.#codec = options.codecs.first;
    this.#awaitsKey = options.codecs.keyed !== undefined;
  }

  /** Of the present login. */
  get codec(): Codec {
    return this.#codec;
  }

  login(): Uint8Array {
    return this.#awaitsKey ? this.#codec.encode({ method: 'PrivateKeyReq', body: {} }) : this.#bindReq();
  }

  /** @throws ProtocolError also `login-lost`, but only behind the chunk: its other answers are still worth having. */
  *receive(chunk: Uint8Array): Generator<Inbound, void, undefined> {
    for (const { body } of this.#reader.push(chunk)) yield this.#meaning(body);
    if (this.#loginLost) throw new ProtocolError('login-lost');
  }

  encode(submit: SmtntSubmit): Uint8Array {
    return submit.frame ?? this.#codec.encode(submit.packet);
  }

  /** A key that never comes is no lost link: the port, or the account, is another one's. */
  unanswered(): string | undefined {
    return this.#awaitsKey ? 'no-private-key' : undefined;
  }

  ping(): Uint8Array {
    return this.#codec.encode({ method: 'AliveReq', body: {} });
  }

  logout(): Uint8Array {
    this.#loggingOut = true;
    return this.#codec.encode({ method: 'UnBindReq', body: { BindId: this.#options.account.bindId } });
  }

  #bindReq(): Uint8Array {
    const { bindId, password } = this.#options.account;
    const body = { BindId: bindId, BindPwd: password, Version: VERSION };
    return this.#codec.encode({ method: 'BindReq', body });
  }

  #meaning(packed: Uint8Array): Inbound {
    const envelope = this.#codec.open(packed);
    // The document prints this name over the answer to a logout too (SMTNT 3.3.20).
    if (this.#loggingOut && envelope.method === 'BindRes') return { kind: 'loggedOut' };
    try {
      return this.#known(envelope);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      const unparsed = this.#unparsed(envelope, packed, error.message);
      if (unparsed) return this.#notice(unparsed);
      if (envelope.method !== 'BindRes' && envelope.method !== 'PrivateKeyRes') throw error;
      // A wrong key shows here: a login that failed, to be tried again slowly and with an alert.
      return { kind: 'loginRefused', code: error.reason, alreadyConnected: false };
    }
  }

  /** What is kept of an encrypted request is its plain text: nobody will have its key again. */
  #unparsed(envelope: Envelope, packed: Uint8Array, problem: string): Told | undefined {
    if (this.#options.codecs.keyed === undefined) return toldUnparsed(envelope, packed, problem);
    let plain: Envelope;
    try {
      plain = this.#codec.unseal(envelope);
    } catch {
      return toldUnparsed(envelope, packed, problem);
    }
    const json = JSON.stringify({ Header: { Method: plain.method }, Body: plain.body });
    return toldUnparsed(plain, nodeCompression.deflate(Buffer.from(json, 'utf8')), problem);
  }

  /** @throws ProtocolError when the body does not parse. */
  #known(envelope: Envelope): Inbound {
    const packet = this.#codec.read(envelope);
    switch (packet.method) {
      case 'BindRes':
        return this.#loginAnswer(packet.body);
      case 'PrivateKeyRes':
        return this.#keyAnswer(packet.body.PrivateKey);
      case 'MsgSendRes':
        return this.#ack(packet.body);
      case 'UploadFileNameRes':
        return this.#uploadAnswer(packet.method, packet.body.Result, packet.body.FileName);
      case 'UploadFileFinishRes':
        return this.#uploadAnswer(packet.method, packet.body.Result, undefined);
      case 'ReportReq':
      case 'SpamReq':
      case 'ChangePhoneReq':
        return this.#notice(told(packet));
      case 'AliveRes':
        return { kind: 'pong' };
      case 'AliveReq':
        return { kind: 'reply', bytes: this.#codec.encode({ method: 'AliveRes', body: {} }) };
      case 'UnBindRes':
        return { kind: 'loggedOut' };
      case 'unrecognised':
        return { kind: 'ignored', what: shortName(packet.name) };
      default:
        return { kind: 'ignored', what: packet.method };
    }
  }

  #keyAnswer(key: string): Inbound {
    const { keyed } = this.#options.codecs;
    if (!keyed || !this.#awaitsKey) return { kind: 'ignored', what: 'PrivateKeyRes' };
    try {
      this.#codec = keyed(key);
    } catch (error) {
      if (!(error instanceof KeyTooShortError)) throw error;
      return { kind: 'loginRefused', code: 'private-key-too-short', alreadyConnected: false };
    }
    this.#awaitsKey = false;
    return { kind: 'reply', bytes: this.#bindReq() };
  }

  #uploadAnswer(topic: string, result: number, value: string | undefined): Inbound {
    if (isLoginLost(result)) this.#loginLost = true;
    return { kind: 'answer', topic, code: String(result), ...(value === undefined ? {} : { value }) };
  }

  #loginAnswer({ Result, Speed, BeginTime, EndTime, EffectiveTime }: BodyOf<'BindRes'>): Inbound {
    if (Result !== 0) {
      return { kind: 'loginRefused', code: String(Result), alreadyConnected: Result === DOUBLE_LOGIN };
    }
    if (Speed === undefined || Speed < 0) throw new ProtocolError('no-speed', 'BindRes.Speed');
    this.#options.onTerms({ hours: sendingHours(BeginTime, EndTime), effectiveHours: EffectiveTime });
    return { kind: 'loginAccepted', grants: { [RATE_DOMAIN]: Speed } };
  }

  #ack({ UserMsgId, Result }: BodyOf<'MsgSendRes'>): Inbound {
    if (isLoginLost(Result)) this.#loginLost = true;
    return { kind: 'ack', wireId: UserMsgId, outcome: ackOutcome(Result, this.#options.untilOpenMs()) };
  }

  #notice({ notice, answer }: Told): Inbound {
    return { kind: 'notice', notice, answer: () => this.#codec.encode(answer) };
  }
}

/** A name that the peer chose, as it may be logged. */
function shortName(name: string): string {
  return /^[A-Za-z]{1,40}$/.test(name) ? name : `(a method of ${name.length} characters)`;
}
