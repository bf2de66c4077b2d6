import type { Socket } from 'node:net';
import { type Cancel, Peer, SlidingSecond } from '../common/index.js';
import { isAnswer, takeAnswer } from './answers.js';
import { encodeFrame, FrameReader, inflatePayload } from './frames.js';
import type { AccountState, Gateway, SessionLink } from './gateway.js';
import { bindRes, judgeLogin, judgeLogout, judgeReturn, rememberRefusal } from './login.js';
import { type Packet, readPacket } from './packets.js';
import type { Breach } from './rules.js';
import { judgeContent } from './submit-content.js';
import { msgSendRes, takeSubmit } from './submits.js';

/** Silence of the client after which the server closes (SMTNT 1.2). */
const IDLE_MS = 30_000;
const NOT_LOGGED_IN = 902;
const ALIVE_RES = encodeFrame({ Header: { Method: 'AliveRes' } });

/**
 * One connection. It is `waiting` for a login, `open` after it, and `over` once it was refused, logged out or cut: what
 * comes then is not read any more.
 */
export class Session implements SessionLink {
  readonly number: number;
  readonly #gateway: Gateway;
  readonly #peer: Peer;
  readonly #reader: FrameReader;
  readonly #address: string;
  #state: 'waiting' | 'open' | 'over' = 'waiting';
  #account: AccountState | undefined;
  #lastDataAt: number;
  #isAliveUnanswered = false;
  #cancelIdle: Cancel;

  constructor(gateway: Gateway, socket: Socket) {
    const { judge, options } = gateway;
    this.#gateway = gateway;
    this.number = judge.nextSession();
    this.#peer = new Peer(socket, judge.faults);
    this.#reader = new FrameReader(options);
    // A socket that listens on both families writes 127.0.0.1 as ::ffff:127.0.0.1.
    this.#address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    this.#lastDataAt = judge.clock.now();
    this.#cancelIdle = judge.clock.after(gateway.scaled(IDLE_MS), () => this.#checkIdle());
    socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    // An error is followed by close, which says all that matters here.
    socket.on('error', () => undefined);
    socket.once('close', () => this.#onClose());
  }

  get closed(): boolean {
    return this.#peer.closed;
  }

  send(packet: Uint8Array): void {
    this.#peer.send(packet);
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
    this.#lastDataAt = this.#gateway.judge.clock.now();
    for (const event of this.#reader.push(chunk)) {
      if (this.#state === 'over') return;
      if (event.kind === 'breach') {
        this.#note([event.breach]);
        this.cut();
        return;
      }
      this.#onPayload(event.payload);
    }
  }

  #onPayload(payload: Buffer): void {
    const inflated = inflatePayload(payload, this.#gateway.options.maxInflatedBytes);
    if (inflated.kind === 'breach') {
      this.#note([inflated.breach]);
      this.cut();
      return;
    }
    this.#note(inflated.breaches);
    const read = readPacket(inflated.bytes);
    this.#note(read.breaches);
    if (read.kind === 'unreadable') {
      this.cut();
      return;
    }
    this.#onPacket(read.packet);
  }

  #onPacket(packet: Packet): void {
    if (packet.method === 'BindReq') {
      this.#onBind(packet.body);
      return;
    }
    const account = this.#account;
    if (!account) {
      this.#note([{ rule: 'login-first', detail: 'a request before the login' }]);
      if (packet.method === 'MsgSendReq') {
        this.send(msgSendRes(judgeContent(packet.body, {}).submit, NOT_LOGGED_IN));
      }
      return;
    }
    if (isAnswer(packet.method)) {
      this.#note(takeAnswer(account.pushes, packet.method, packet.body));
      return;
    }
    this.#onRequest(account, packet);
  }

  #onRequest(account: AccountState, packet: Packet): void {
    switch (packet.method) {
      case 'MsgSendReq':
        takeSubmit(this.#gateway, this, account, packet.body);
        break;
      case 'AliveReq':
        this.#onAlive();
        break;
      case 'UnBindReq':
        this.#onUnBind(account, packet.body);
        break;
    }
  }

  #onAlive(): void {
    this.#isAliveUnanswered = this.#gateway.judge.faults.strike('neverAlive') !== undefined;
    if (!this.#isAliveUnanswered) this.send(ALIVE_RES);
  }

  #onBind(body: unknown): void {
    if (this.#account) {
      this.#note([{ rule: 'login-again', detail: 'BindReq on a logged-in session' }]);
      return;
    }
    const judgement = judgeLogin(this.#gateway, body, this.#address);
    const early = judgeReturn(this.#gateway, judgement, this.#address);
    this.#note(early ? [early, ...judgement.breaches] : judgement.breaches);
    const { account, code } = judgement;
    if (code !== 0 || !account) {
      rememberRefusal(this.#gateway, judgement, this.#address);
      this.send(bindRes(this.#gateway, judgement));
      this.end();
      return;
    }
    this.#grant(account);
    this.send(bindRes(this.#gateway, judgement));
    account.pushes.attach((packet) => this.send(packet));
  }

  #grant(account: AccountState): void {
    const { judge } = this.#gateway;
    account.holder = this;
    account.granted = account.grant;
    // A new limit starts with an empty second; the same one goes on where it stood, over all sessions.
    if (account.pace.limit !== account.granted.speed) {
      account.pace = new SlidingSecond(account.granted.speed);
      judge.rates.domain(account.config.bindId, account.granted.speed);
    }
    this.#account = account;
    this.#state = 'open';
  }

  #onUnBind(account: AccountState, body: unknown): void {
    const { code, breaches, answer } = judgeLogout(this.#gateway, body, account.config.bindId);
    this.#note(breaches);
    this.send(answer);
    if (code === 0) this.end();
  }

  #checkIdle(): void {
    if (this.#state === 'over' || this.closed) return;
    const { judge } = this.#gateway;
    const now = judge.clock.now();
    const limit = this.#gateway.scaled(IDLE_MS);
    // While we stood still ourselves, bytes may have arrived that are not read yet.
    const left = this.#lastDataAt + limit + judge.lag.within(this.#lastDataAt, now) - now;
    if (left > 0) {
      this.#cancelIdle = judge.clock.after(left, () => this.#checkIdle());
      return;
    }
    this.#note([
      { rule: 'idle', detail: `silent for ${Math.round(now - this.#lastDataAt)} ms, limit ${limit} ms` },
    ]);
    this.cut();
  }

  #onClose(): void {
    this.#cancelIdle();
    this.#leave();
    const account = this.#account;
    if (account?.holder !== this) return;
    account.holder = undefined;
    if (this.#isAliveUnanswered) {
      const at = this.#gateway.judge.clock.now();
      this.#gateway.refuse(account.config.bindId, { at, what: 'silence' });
    }
  }

  #note(breaches: readonly Breach[]): void {
    for (const { rule, detail } of breaches) this.#gateway.judge.violations.add(rule, detail, this.number);
  }
}
