import {
  BIND_ALREADY_CONNECTED,
  type Bind,
  type Cipher,
  decodeFrame,
  encodeBind,
  encodeFrame,
  encodeLinkCheck,
  encodeRawReportAck,
  encodeReportAck,
  hasIntactTail,
  headerReader,
  type LghvPacket,
  linkAck,
  MAX_FRAME_BYTES,
  MSG_TYPES,
} from '@pabal/protocol-lghv';
import type { Dialect, DialectConnection, Inbound, Notice, PreparedSubmit } from '@pabal/session';
import { type Frame, FrameReader, ProtocolError, type TextOptions, toBase64 } from '@pabal/wire';
import type { LghvConfig } from './config.js';
import { ackOutcome, deliveryReport, grantsOf } from './outcomes.js';

const BIND_OK = '0';
const LINK_OK = '0';
const REPORT_LETTER = MSG_TYPES.REPORT.charCodeAt(0);

/** A submit whose frame is ready to be written. */
export interface LghvSubmit extends PreparedSubmit {
  readonly frame: Uint8Array;
}

export interface LghvDialectOptions {
  /** S sends, R receives reports (LGHV 1.2). */
  readonly lineType: Bind['lineType'];
  readonly agentId: string;
  readonly config: LghvConfig;
  readonly cipher: Cipher;
  /** A header came with another tail than 00 FE FF, and is read all the same. */
  readonly onDamagedTail: () => void;
}

/** LGHV in one direction: login, submits or reports, and keepalive on one connection. It has no logout. */
export class LghvDialect implements Dialect<LghvSubmit> {
  readonly #options: LghvDialectOptions;

  constructor(options: LghvDialectOptions) {
    this.#options = options;
  }

  connect(): DialectConnection<LghvSubmit> {
    return new LghvConnection(this.#options);
  }
}

/** Reads the body of a REPORT that was kept raw once more; undefined when it still does not parse (LGHV 2.2.9). */
export function rereadReport(
  body: Uint8Array,
  { charset, unmappable }: Pick<LghvConfig, 'charset' | 'unmappable'>,
): Notice | undefined {
  try {
    const packet = decodeFrame({ header: Uint8Array.of(REPORT_LETTER), body }, { charset, unmappable });
    if (packet.type !== 'report' && packet.type !== 'reportAll') return undefined;
    return { kind: 'report', report: deliveryReport(packet.values) };
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}

class LghvConnection implements DialectConnection<LghvSubmit> {
  readonly #options: LghvDialectOptions;
  readonly #reader: FrameReader;
  readonly #text: TextOptions;

  constructor(options: LghvDialectOptions) {
    const { charset, strictTail, unmappable } = options.config;
    this.#options = options;
    this.#reader = new FrameReader({ header: headerReader(strictTail), maxFrameBytes: MAX_FRAME_BYTES });
    this.#text = { charset, unmappable };
  }

  login(): Uint8Array {
    const { agentId, cipher, config, lineType } = this.#options;
    const { bindEncode: encode, password, report, userId } = config;
    return encodeBind({ lineType, userId, agentId, password, report, encode, cipher });
  }

  *receive(chunk: Uint8Array): Generator<Inbound, void, undefined> {
    for (const frame of this.#reader.push(chunk)) {
      if (!hasIntactTail(frame.header)) {
        this.#options.onDamagedTail();
        yield { kind: 'ignored', what: 'damaged header tail' };
      }
      yield frame.header[0] === REPORT_LETTER
        ? this.#report(frame)
        : this.#meaning(decodeFrame(frame, this.#text));
    }
  }

  encode(submit: LghvSubmit): Uint8Array {
    return submit.frame;
  }

  ping(): Uint8Array {
    return encodeLinkCheck(this.#options.lineType);
  }

  logout(): undefined {
    return undefined;
  }

  #meaning(packet: LghvPacket): Inbound {
    switch (packet.type) {
      case 'bindAck': {
        const { result } = packet.values;
        if (result === BIND_OK) return { kind: 'loginAccepted', grants: grantsOf(packet.values) };
        return { kind: 'loginRefused', code: result, alreadyConnected: result === BIND_ALREADY_CONNECTED };
      }
      case 'deliverAck':
        return { kind: 'ack', wireId: packet.values.msgId, outcome: ackOutcome(packet.values) };
      case 'linkAck':
        return packet.values.result === LINK_OK
          ? { kind: 'pong' }
          : { kind: 'ignored', what: 'LINK_ACK with an error' };
      case 'linkCheck':
        return { kind: 'reply', bytes: encodeFrame('LINK_ACK', linkAck, { result: LINK_OK }) };
      case 'unrecognised':
        return { kind: 'ignored', what: `MSGTYPE ${packet.code}` };
      default:
        return { kind: 'ignored', what: packet.type };
    }
  }

  /**
   * A report that does not parse is kept as it came and answered with its MSG_ID's bytes: unanswered, it would be
   * repeated for ever and hold up those behind it.
   */
  #report(frame: Frame): Inbound {
    try {
      const packet = decodeFrame(frame, this.#text);
      if (packet.type !== 'report' && packet.type !== 'reportAll') return this.#meaning(packet);
      const { msgId } = packet.values;
      const notice = { kind: 'report', report: deliveryReport(packet.values) } as const;
      return { kind: 'notice', notice, answer: () => encodeReportAck(msgId) };
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      const { body } = frame;
      const notice = { kind: 'unparsedReport', raw: toBase64(body), problem: error.message } as const;
      return { kind: 'notice', notice, answer: () => encodeRawReportAck(body) };
    }
  }
}
