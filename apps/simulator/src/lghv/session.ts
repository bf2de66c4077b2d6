import type { Socket } from 'node:net';
import { faultNumber, type Judge, type LedgerEntry, Peer } from '../common/index.js';
import { accept, type Decision, decide } from './acceptance.js';
import { type Bind, readBind } from './bind.js';
import { deliverType, readDeliver } from './deliver.js';
import { contextOf } from './deliver-context.js';
import type { Deliver } from './deliver-reader.js';
import { DELIVER_TYPES, isKakao } from './deliver-types.js';
import { disguise } from './disguise.js';
import { readField } from './fields.js';
import { type Frame, FrameReader } from './frames.js';
import type { Agent, Gateway, ServerKind } from './gateway.js';
import { Keepalive } from './keepalive.js';
import { drawDelay } from './options.js';
import { bindAck, deliverAck, linkAck } from './packets.js';
import type { ReportLine } from './reports.js';
import type { LghvRule } from './rules.js';

const AFTER_REFUSAL_MS = 10_000;
const REPORT_FIRST_MS = 50;
const SLOW_ACK_MS = 1000;
const GARBAGE_BYTES = 64;

/** One connection to the SMS or the LMS/MMS server, from its first byte to its end. */
export class Session {
  readonly id: number;
  readonly #gateway: Gateway;
  readonly #judge: Judge<LghvRule>;
  readonly #kind: ServerKind;
  readonly #server: string;
  readonly #peer: Peer;
  readonly #reader: FrameReader;
  readonly #keepalive: Keepalive;
  /** Set once BIND succeeded. */
  #agent: Agent | undefined;
  #line: 'S' | 'R' | undefined;
  #lineKey = '';
  #reportLine: ReportLine | undefined;
  #now: number;

  constructor(gateway: Gateway, kind: ServerKind, socket: Socket, onClose: (session: Session) => void) {
    const { judge } = gateway;
    this.#gateway = gateway;
    this.#judge = judge;
    this.id = judge.nextSession();
    this.#kind = kind;
    this.#server = gateway.options.serverIds[kind];
    this.#now = judge.clock.now();
    this.#peer = new Peer(socket, judge.faults, (packet) => judge.captures.add(this.id, 'sent', packet));
    this.#reader = new FrameReader({
      frame: (frame) => this.#frame(frame),
      breach: (rule, detail) => this.#breach(rule, detail),
      lost: (rule, detail, header) => {
        judge.captures.add(this.id, 'received', header);
        this.#breach(rule, detail);
        this.#end();
      },
    });
    this.#keepalive = new Keepalive(judge, gateway.options.timeScale, this.id, () => {
      judge.note('idle-closed');
      this.#end();
    });
    judge.read(socket, (chunk) => {
      this.#now = judge.clock.now();
      this.#keepalive.heard(this.#now);
      this.#reader.push(chunk);
    });
    // A reset connection is an ordinary way for it to end; 'close' follows.
    socket.on('error', () => judge.note('connection-reset'));
    socket.on('close', () => {
      this.#release();
      onClose(this);
    });
  }

  /** Cuts the connection at once, as an act of the gateway. */
  cut(): void {
    this.#markEnded();
    this.#peer.cut();
  }

  #breach(rule: LghvRule, detail: string): void {
    this.#judge.violations.add(rule, detail, this.id);
  }

  /** Ends the connection after what was written; no more bytes are read. */
  #end(): false {
    this.#markEnded();
    this.#release();
    this.#peer.end();
    return false;
  }

  #markEnded(): void {
    if (this.#lineKey !== '') this.#gateway.endedByGateway(this.#lineKey);
  }

  #release(): void {
    this.#keepalive.stop();
    if (this.#lineKey !== '') this.#gateway.release(this.#lineKey, this);
    if (this.#reportLine) this.#agent?.reports.detach(this.#reportLine);
    this.#reportLine = undefined;
  }

  /** Every packet of this session goes out here, in the disguise that the faults ask for. */
  #send(packet: Buffer): void {
    this.#peer.send(disguise(packet, this.#judge.faults));
  }

  #frame(frame: Frame): boolean {
    if (this.#peer.closed) return false;
    const { type, body } = frame;
    this.#judge.captures.add(this.id, 'received', frame.raw);
    if (type === 'b') return this.#bind(body);
    if (type !== 'd' && type !== 'R' && type !== 'l') {
      this.#breach('BDrL'.includes(type) ? 'gateway-packet' : 'unknown-msgtype', `MSGTYPE 0x${hex(type)}`);
      return this.#end();
    }
    if (!this.#agent) {
      this.#breach('bind-first', `MSGTYPE ${type}`);
      return this.#end();
    }
    if (type === 'd') return this.#deliver(this.#agent, frame);
    if (type === 'R') return this.#reportAck(this.#agent, body);
    return this.#linkCheck(body);
  }

  #bind(body: Buffer): boolean {
    const { options } = this.#gateway;
    if (this.#agent) {
      this.#breach('bind-twice', `LINE_TYPE ${this.#line}`);
      return this.#end();
    }
    const bind = readBind(body, options.cipher, (rule, detail) => this.#breach(rule, detail));
    if (bind) {
      this.#lineKey = `${bind.userId}/${bind.agentId}/${this.#server}/${bind.line}`;
      this.#checkLogin(bind);
    }
    const code = bind ? this.#loginCode(bind) : '3';
    if (code !== '0') {
      this.#judge.note(`bind-ack-${code}`);
      if (this.#lineKey !== '') this.#gateway.refused(this.#lineKey, this.#now);
      this.#send(bindAck(code, { sms: 0, lms: 0, mms: 0, kko: 0, kkf: 0 }));
      return this.#end();
    }
    this.#send(bindAck('0', this.#gateway.settings.tps));
    this.#bound(bind as Bind);
    return true;
  }

  /** What a login breaks whatever its answer will be. */
  #checkLogin(bind: Bind): void {
    const since = this.#gateway.sinceRefusal(this.#lineKey, this.#now);
    const scale = this.#gateway.options.timeScale;
    if (since !== undefined && since < AFTER_REFUSAL_MS * scale) {
      this.#breach('login-too-soon', `after ${Math.round(since / scale)} ms`);
    }
    if (!this.#gateway.hasFreshGrant(bind.userId, this.#lineKey)) {
      this.#breach('grant-before-bind', `LINE_TYPE ${bind.line} at ${this.#server}`);
    } else if (!this.#gateway.wasUsable(bind.userId, this.#kind)) {
      this.#breach('bind-unusable-server', this.#server);
    }
  }

  #loginCode(bind: Bind): string {
    const refuse = this.#judge.faults.strike('refuseLogin');
    if (refuse) return String(refuse.value ?? '2');
    const account = this.#gateway.options.accounts.get(bind.userId);
    if (!account?.agentIds.includes(bind.agentId) || account.password !== bind.password) return '1';
    if (this.#gateway.settings.serverStatus[this.#kind] !== 'Y') return '2';
    return this.#gateway.bind(this.#lineKey, this) ? '0' : '5';
  }

  #bound(bind: Bind): void {
    const agent = this.#gateway.agent(bind.userId, bind.agentId) as Agent;
    this.#agent = agent;
    this.#line = bind.line;
    this.#keepalive.bound(bind.line, this.#now);
    this.#judge.note(`bound-${bind.line}`);
    if (bind.line === 'S') {
      this.#gateway.holdToRates(agent);
      return;
    }
    this.#reportLine = {
      server: this.#server,
      everything: bind.reportForm === 'A',
      send: (packet) => this.#send(packet),
    };
    agent.reports.attach(this.#reportLine);
  }

  #deliver(agent: Agent, frame: Frame): boolean {
    const { body } = frame;
    const entry = this.#judge.ledger.open(this.#now, this.id, this.#server, agent.userId, agent.agentId);
    if (this.#line !== 'S') {
      this.#breach('deliver-on-recv', `${body.length} bytes`);
      return this.#end();
    }
    this.#keepalive.linked(this.#now);
    const type = deliverType(body);
    if (!type) {
      this.#breach('deliver-type', `${body.length} bytes of another DELIVER_TYPE`);
      this.#answer(entry, NOTHING_READ, refusal('3'));
      return true;
    }
    entry.type = type;
    const verdict = agent.rates[DELIVER_TYPES[type]].arrive(this.#now, this.#gateway.settings, this.id);
    if (verdict.drop) {
      this.#judge.note('dropped-over-rate');
      return this.#end();
    }
    const breach = (rule: LghvRule, detail: string): void => this.#breach(rule, detail);
    const deliver = readDeliver(type, frame, contextOf(this.#gateway, agent, this.#now, breach));
    record(entry, deliver);
    // Only now, so that the ledger tells which message was cut off.
    if (this.#judge.faults.strike('dropConnection')) {
      this.cut();
      return false;
    }
    this.#answer(entry, deliver, this.#decide(agent, deliver, entry, verdict.microseconds));
    // Where the parts end is not known, so that nothing behind them could be read.
    return frame.whole || this.#end();
  }

  #decide(agent: Agent, deliver: Deliver, entry: LedgerEntry, microseconds: number): Decision {
    if (!this.#takes(deliver.type)) {
      this.#breach('deliver-wrong-server', `${deliver.type} at ${this.#server}`);
      return refusal('3');
    }
    if (microseconds > 0) return { code: '15', duplicate: false, microseconds };
    if (deliver.code !== '0') return refusal(deliver.code);
    return decide(this.#gateway, agent, deliver, entry);
  }

  #takes(type: string): boolean {
    const { kakaoServer } = this.#gateway.settings;
    if (isKakao(type)) return kakaoServer === 'any' || kakaoServer === this.#kind;
    return (type === 'SMS') === (this.#kind === 'sms');
  }

  /** Records the decision, and sends DELIVER_ACK and REPORT in the order and at the times that are set. */
  #answer(entry: LedgerEntry, deliver: Answered, decision: Decision): void {
    const { faults, delays, random, ledger } = this.#judge;
    const { settings } = this.#gateway;
    const accepted = decision.code === '0';
    const agent = this.#agent as Agent;
    let ackDelay = drawDelay(settings.ackDelayMs, random);
    if (accepted) {
      accept(this.#gateway, agent, entry, deliver.images);
      let reportDelay = drawDelay(settings.reportDelayMs, random);
      if (faults.strike('reportBeforeAck')) {
        reportDelay = 0;
        ackDelay += REPORT_FIRST_MS;
      }
      if (entry.reportCode !== '') {
        if (reportDelay === 0) agent.reports.offer(entry);
        else delays.after(reportDelay, () => agent.reports.offer(entry));
      }
      if (faults.strike('neverAck')) return;
      if (faults.strike('dropBeforeAck')) {
        this.cut();
        return;
      }
    } else {
      ledger.judge(entry, 'refused', decision.code, decision.duplicate);
    }
    const slow = faults.strike('slowAck');
    if (slow) ackDelay += faultNumber(slow, SLOW_ACK_MS);
    const packet = deliverAck(
      decision.code,
      deliver.type,
      deliver.msgId,
      decision.microseconds,
      deliver.wireTo,
    );
    // A pause is told at once: its microseconds count from now.
    if (ackDelay === 0 || decision.code === '15') this.#acknowledge(entry, packet, accepted);
    else delays.after(ackDelay, () => this.#acknowledge(entry, packet, accepted));
  }

  #acknowledge(entry: LedgerEntry, packet: Buffer, accepted: boolean): void {
    if (this.#peer.closed) return;
    const { faults, ledger, clock, random } = this.#judge;
    const garbage = faults.strike('garbage');
    if (garbage) {
      const bytes = Buffer.alloc(faultNumber(garbage, GARBAGE_BYTES));
      for (let i = 0; i < bytes.length; i++) bytes[i] = Math.floor(random() * 256);
      this.#peer.send(bytes);
    }
    this.#send(packet);
    if (faults.strike('duplicateAck')) this.#send(Buffer.from(packet));
    ledger.acked(entry, clock.now());
    if (accepted && faults.strike('ackThenDrop')) this.#end();
  }

  #reportAck(agent: Agent, body: Buffer): boolean {
    if (this.#line !== 'R') {
      this.#breach('report-ack-on-send', `${body.length} bytes`);
      return this.#end();
    }
    if (body.length !== 32) {
      this.#breach('report-ack-length', `${body.length} bytes`);
      return true;
    }
    const result = readField(body, 0, 5);
    const msgId = readField(body, 5, 20);
    if (!result.padded) this.#breach('field-padding', 'RESULT');
    if (!msgId.padded) this.#breach('field-padding', 'MSG_ID');
    if (result.value !== '0')
      this.#breach('report-ack-result', `RESULT of ${result.value.length} characters`);
    if (body.subarray(25).some((byte) => byte !== 0)) this.#breach('reserved-null', 'RESERVED of REPORT_ACK');
    if (!agent.reports.acknowledge(msgId.value, this.#now)) {
      this.#breach('report-ack-unknown', `MSG_ID of ${msgId.value.length} characters`);
    }
    return true;
  }

  #linkCheck(body: Buffer): boolean {
    if (body.length !== 1) this.#breach('link-check-length', `${body.length} bytes`);
    else if (String.fromCharCode(body[0] as number) !== this.#line) {
      this.#breach('link-check-code', `on a session of LINE_TYPE ${this.#line}`);
    }
    this.#keepalive.linked(this.#now);
    if (!this.#judge.faults.strike('neverAlive')) this.#send(linkAck());
    return true;
  }
}

/** What DELIVER_ACK and acceptance need of a DELIVER. */
type Answered = Pick<Deliver, 'type' | 'msgId' | 'wireTo' | 'images'>;

const NOTHING_READ: Answered = { type: '', msgId: '', wireTo: '', images: [] };

function refusal(code: string): Decision {
  return { code, duplicate: false, microseconds: 0 };
}

function record(entry: LedgerEntry, deliver: Deliver): void {
  entry.wireId = deliver.msgId;
  entry.to = deliver.to;
  entry.from = deliver.from;
  entry.subject = deliver.subject;
  entry.text = deliver.text;
  entry.files = deliver.files;
  entry.extra = deliver.extra;
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(2, '0');
}
