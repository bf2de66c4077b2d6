import type { Socket } from 'node:net';
import { Peer } from '../common/index.js';
import { isAnswer, takeAnswer } from './answers.js';
import { FrameReader, inflatePayload } from './frames.js';
import type { AccountState, Gateway, SessionLink } from './gateway.js';
import { IdleWatch } from './idle-watch.js';
import { bindRes, judgeLogin, judgeLogout, judgeReturn, rememberRefusal } from './login.js';
import { type Packet, type PortMode, readPacket } from './packets.js';
import { connectionKey, privateKeyRes } from './private-key.js';
import type { Breach } from './rules.js';
import { isSealed, openBody, type Sealing } from './sealing.js';
import { encodePacket, type ServerPacket } from './server-packets.js';
import { msgSendRes } from './submit-answers.js';
import { judgeContent } from './submit-content.js';
import { takeSubmit } from './submits.js';
import { isUpload, refusedUpload, Uploads } from './uploads.js';

/** Silence of the client after which the server closes (SMTNT 1.2). */
const IDLE_MS = 30_000;
/** Answers a Body that can't be looked into. */
const RECEIVED_DATA = 911;

/**
 * One connection. It is `waiting` for a login (on the encrypted port for a key first), `open` after it, and `over` once it was refused, logged out or cut: what
 * comes then is not read any more.
 */
export class Session implements SessionLink {
  readonly number: number;
  readonly #gateway: Gateway;
  readonly #peer: Peer;
  readonly #reader: FrameReader;
  readonly #address: string;
  readonly #mode: PortMode;
  readonly #uploads: Uploads;
  readonly #idle: IdleWatch;
  #state: 'waiting' | 'open' | 'over' = 'waiting';
  #account: AccountState | undefined;
  #closedByClient = false;
  /** Since when an AliveReq waits for its answer in vain. */
  #unansweredSince: number | undefined;
  /** Undefined on the encrypted port until a key was asked for. */
  #sealing: Sealing | undefined;

  constructor(gateway: Gateway, socket: Socket, mode: PortMode) {
    const { judge, options } = gateway;
    this.#gateway = gateway;
    this.number = judge.nextSession();
    this.#peer = new Peer(socket, judge.faults, (bytes) => judge.captures.add(this.number, 'sent', bytes));
    this.#reader = new FrameReader(options);
    this.#mode = mode;
    this.#sealing = mode === 'plain' ? { crypto: options.crypto, scope: 'login' } : undefined;
    this.#uploads = new Uploads(gateway);
    // A socket that listens on both families writes 127.0.0.1 as ::ffff:127.0.0.1.
    this.#address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    this.#idle = new IdleWatch(judge, gateway.scaled(IDLE_MS), (silent, limit) =>
      this.#onIdle(silent, limit),
    );
    judge.read(socket, (chunk) => this.#onData(chunk));
    // Both are followed by close. A socket that we destroy has neither.
    socket.on('error', () => {
      this.#closedByClient = true;
    });
    socket.once('end', () => {
      this.#closedByClient = this.#state !== 'over';
    });
    socket.once('close', () => this.#onClose());
  }

  get closed(): boolean {
    return this.#peer.closed;
  }

  send(packet: ServerPacket): void {
    const { settings, judge } = this.#gateway;
    this.#peer.send(encodePacket(packet, this.#sealing, settings, judge.random));
  }

  sendRaw(bytes: Uint8Array): void {
    this.#peer.send(bytes);
  }

  end(): void {
    this.#leave();
    this.#peer.end();
  }

  cut(): void {
    this.#leave();
    this.#peer.cut();
  }

  /** Reads and pushes nothing more. The account stays taken until the socket is gone. */
  #leave(): void {
    this.#state = 'over';
    if (this.#account?.holder === this) this.#account.pushes.detach();
  }

  #onData(chunk: Buffer): void {
    this.#idle.heard();
    for (const event of this.#reader.push(chunk)) {
      if (this.#state === 'over') return;
      this.#gateway.judge.captures.add(this.number, 'received', event.raw);
      if (event.kind === 'breach') {
        this.#note([event.breach]);
        this.cut();
        return;
      }
      this.#onPayload(event.payload, event.raw.length);
    }
  }

  #onPayload(payload: Buffer, packetBytes: number): void {
    const inflated = inflatePayload(payload, this.#gateway.options.maxInflatedBytes);
    if (inflated.kind === 'breach') {
      this.#note([inflated.breach]);
      this.cut();
      return;
    }
    this.#note(inflated.breaches);
    const read = readPacket(inflated.bytes, this.#mode);
    this.#note(read.breaches);
    if (read.kind === 'unreadable') {
      this.cut();
      return;
    }
    if (read.served) this.#onPacket(read.packet, packetBytes);
  }

  #onPacket(packet: Packet, packetBytes: number): void {
    if (packet.method === 'PrivateKeyReq') {
      this.#onPrivateKey();
      return;
    }
    const sealing = this.#sealing;
    if (!sealing) {
      // No key is agreed, so that there is nothing to answer with.
      this.#note([{ rule: 'key-first', detail: `${packet.method} before PrivateKeyReq` }]);
      this.cut();
      return;
    }
    if (packet.method === 'BindReq') {
      this.#onBind(sealing, packet.body);
      return;
    }
    const account = this.#account;
    if (account && packet.method === 'UnBindReq') {
      this.#onUnBind(sealing, account, packet.body);
      return;
    }
    const opened = this.#opened(sealing, packet);
    if (!opened) {
      this.#refuse(packet, RECEIVED_DATA);
      return;
    }
    if (!account) {
      this.#note([{ rule: 'login-first', detail: 'a request before the login' }]);
      this.#refuse(opened, this.#gateway.settings.notLoggedInCode);
      return;
    }
    this.#onOpened(account, opened, packetBytes);
  }

  #onPrivateKey(): void {
    const { options, settings } = this.#gateway;
    if (this.#sealing) {
      this.#note([{ rule: 'key-again', detail: 'PrivateKeyReq on a connection that has its key' }]);
      return;
    }
    const key = connectionKey(options.seed, this.number);
    this.#sealing = { crypto: { key, iv: options.crypto.iv }, scope: 'all' };
    this.send(privateKeyRes(key, settings));
  }

  /** The packet with its Body decrypted where this connection encrypts it; undefined for one that can't be read. */
  #opened(sealing: Sealing, packet: Packet): Packet | undefined {
    if (packet.body === undefined || !isSealed(sealing, packet.method)) return packet;
    const opened = openBody(packet.body, sealing.crypto);
    if (!opened.ok) {
      this.#note([{ rule: 'sealed-body', detail: `${packet.method}: ${opened.why}` }]);
      return undefined;
    }
    if (!opened.compact) this.#note([{ rule: 'json-compact', detail: 'the encrypted JSON is not compact' }]);
    return { method: packet.method, body: opened.value };
  }

  /** Answers a request that is not looked into, as far as it has an answer. */
  #refuse({ method, body }: Packet, code: number): void {
    if (method === 'MsgSendReq') this.send(msgSendRes(judgeContent(body, {}).submit, code));
    const answer = isUpload(method) ? refusedUpload(method, code) : undefined;
    if (answer) this.send(answer);
  }

  #onOpened(account: AccountState, packet: Packet, packetBytes: number): void {
    if (isAnswer(packet.method)) {
      this.#note(takeAnswer(account.pushes, packet.method, packet.body));
      return;
    }
    if (packet.method === 'AliveReq') {
      this.#onAlive();
    } else if (isUpload(packet.method)) {
      const step = this.#uploads.take(packet.method, packet.body, packetBytes);
      this.#note(step.breaches);
      if (step.finished) account.files.add(step.finished.name, step.finished.content);
      if (step.answer) this.send(step.answer);
    } else {
      takeSubmit(this.#gateway, this, account, packet.body);
    }
  }

  #onAlive(): void {
    const { clock, faults } = this.#gateway.judge;
    this.#unansweredSince = faults.strike('neverAlive') ? clock.now() : undefined;
    if (this.#unansweredSince === undefined) this.send({ method: 'AliveRes' });
  }

  #onBind({ crypto }: Sealing, body: unknown): void {
    if (this.#account) {
      this.#note([{ rule: 'login-again', detail: 'BindReq on a logged-in session' }]);
      return;
    }
    const judgement = judgeLogin(this.#gateway, crypto, body, this.#address);
    const early = judgeReturn(this.#gateway, judgement, this.#address);
    this.#note(early ? [early, ...judgement.breaches] : judgement.breaches);
    const { account, code } = judgement;
    if (code !== 0 || !account) {
      rememberRefusal(this.#gateway, judgement, this.#address);
      this.send(bindRes(judgement));
      this.end();
      return;
    }
    this.#grant(account);
    this.send(bindRes(judgement));
    account.pushes.attach((packet) => this.send(packet));
  }

  #grant(account: AccountState): void {
    const { judge } = this.#gateway;
    account.holder = this;
    account.granted = account.grant;
    account.files.loggedIn();
    // The second goes on where it stood, over all sessions, whatever the new limit is.
    if (account.pace.limit !== account.granted.speed) {
      account.pace = account.pace.withLimit(account.granted.speed);
      account.arrivals = judge.rates.domain(account.config.bindId, account.granted.speed);
    }
    this.#account = account;
    this.#state = 'open';
  }

  #onUnBind({ crypto }: Sealing, account: AccountState, body: unknown): void {
    const { bindId } = account.config;
    const { code, breaches, answer } = judgeLogout(this.#gateway, crypto, body, bindId);
    this.#note(breaches);
    this.send(answer);
    if (code === 0) this.end();
  }

  #onIdle(silentMs: number, limitMs: number): void {
    if (this.#state === 'over' || this.closed) return;
    this.#note([{ rule: 'idle', detail: `silent for ${Math.round(silentMs)} ms, limit ${limitMs} ms` }]);
    this.cut();
  }

  #onClose(): void {
    this.#idle.stop();
    this.#leave();
    const account = this.#account;
    if (account?.holder !== this) return;
    account.holder = undefined;
    const at = this.#gateway.judge.clock.now();
    // Who goes on for longer than anybody may be silent does not close for an AliveReq that was not answered.
    const waited = this.#unansweredSince === undefined ? Infinity : at - this.#unansweredSince;
    if (this.#closedByClient && waited <= this.#gateway.scaled(IDLE_MS)) {
      this.#gateway.refuse(account.config.bindId, { at, what: 'silence' });
    }
  }

  #note(breaches: readonly Breach[]): void {
    for (const { rule, detail } of breaches) this.#gateway.judge.violations.add(rule, detail, this.number);
  }
}
