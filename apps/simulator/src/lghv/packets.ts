const HEADER_BYTES = 8;

/** A packet of fixed size: the header is written once, a copy is filled in for each packet. */
function template(type: string, bodyBytes: number): Buffer {
  const packet = Buffer.alloc(HEADER_BYTES + bodyBytes);
  packet.write(`${type}${bodyBytes}`, 0, 'latin1');
  packet[6] = 0xfe;
  packet[7] = 0xff;
  return packet;
}

const BIND_ACK = template('B', 40);
const DELIVER_ACK = template('D', 92);
const REPORT_M = template('r', 54);
const REPORT_A = template('r', 108);
const LINK_ACK = template('L', 5);

/** The granted submits a second of each kind, in the order of BIND_ACK. */
export interface Tps {
  readonly sms: number;
  readonly lms: number;
  readonly mms: number;
  readonly kko: number;
  readonly kkf: number;
}

/** BIND_ACK (LGHV 2.2.2): RESULT 5, five rates of 5, 10 unused. */
export function bindAck(result: string, tps: Tps): Buffer {
  const packet = Buffer.from(BIND_ACK);
  packet.write(result, 8, 5, 'latin1');
  [tps.sms, tps.lms, tps.mms, tps.kko, tps.kkf].forEach((rate, i) => {
    packet.write(String(rate), 13 + 5 * i, 5, 'latin1');
  });
  return packet;
}

/** DELIVER_ACK (LGHV 2.2.8): RESULT 5, DELIVER_TYPE 4, MSG_ID 20, MSG_MSEC 7, DESTADDR 50, RESERVED 6. */
export function deliverAck(
  result: string,
  type: string,
  msgId: string,
  microseconds: number,
  to: string,
): Buffer {
  const packet = Buffer.from(DELIVER_ACK);
  packet.write(result, 8, 5, 'latin1');
  packet.write(type, 13, 4, 'latin1');
  packet.write(msgId, 17, 20, 'latin1');
  packet.write(String(microseconds), 37, 7, 'latin1');
  packet.write(to, 44, 50, 'latin1');
  return packet;
}

/** What a REPORT tells; the last four only in the form of REPORT 'A'. */
export interface ReportValues {
  readonly result: string;
  readonly type: string;
  /** RTN_TYPE. */
  readonly returnType: string;
  readonly msgId: string;
  /** When the handset got it: YYYYMMDDHHMMSS in Korean time. */
  readonly time: string;
  readonly carrier: string;
  readonly userId: string;
  readonly agentId: string;
  readonly to: string;
  readonly billId: string;
}

/** REPORT (LGHV 2.2.9): 54 bytes, or 108 where the session asked for everything. */
export function report(values: ReportValues, everything: boolean): Buffer {
  const packet = Buffer.from(everything ? REPORT_A : REPORT_M);
  packet.write(values.result, 8, 5, 'latin1');
  packet.write(values.type, 13, 4, 'latin1');
  packet.write(values.returnType, 17, 4, 'latin1');
  packet.write(values.msgId, 21, 20, 'latin1');
  packet.write(values.time, 41, 15, 'latin1');
  packet.write(values.carrier, 56, 6, 'latin1');
  if (everything) {
    packet.write(values.userId, 62, 20, 'latin1');
    packet.write(values.agentId, 82, 6, 'latin1');
    packet.write(values.to, 88, 20, 'latin1');
    packet.write(values.billId, 109, 7, 'latin1');
  }
  return packet;
}

/** LINK_ACK (LGHV 2.2.12): RESULT 5. */
export function linkAck(): Buffer {
  const packet = Buffer.from(LINK_ACK);
  packet.write('0', 8, 5, 'latin1');
  return packet;
}

const KOREA_MS = 9 * 3600 * 1000;

/** YYYYMMDDHHMMSS in Korean time. */
export function koreanTime(epochMs: number): string {
  return new Date(epochMs + KOREA_MS).toISOString().replace(/\D/g, '').slice(0, 14);
}
