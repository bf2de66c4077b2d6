import type { FaultSpec } from '../common/index.js';
import { readField } from './fields.js';
import { HEADER_BYTES } from './frames.js';

const MSG_ID_AT = HEADER_BYTES + 13;
const MSG_ID_BYTES = 20;
/** Neither the 54 bytes of REPORT 'M' nor the 108 of 'A'. */
const STRANGE_BODY_BYTES = 60;

/** MSG_ID of a report packet as it stands on the wire. */
export function msgIdOf(report: Buffer): string {
  return readField(report, MSG_ID_AT, MSG_ID_BYTES).value;
}

/**
 * A report that is framed well and cannot be read: of a length that no report has, its MSG_ID in its place
 * (`length`), or with letters in MSG_ID (`ids`).
 */
export function brokenReport(report: Buffer, fault: FaultSpec): Buffer {
  if (fault.value === 'ids') {
    const packet = Buffer.from(report);
    packet.write('x', MSG_ID_AT, 'latin1');
    return packet;
  }
  const packet = Buffer.alloc(HEADER_BYTES + STRANGE_BODY_BYTES);
  report.copy(packet, 0, 0, Math.min(report.length, packet.length));
  packet.fill(0, 1, 5);
  packet.write(String(STRANGE_BODY_BYTES), 1, 'latin1');
  return packet;
}

/** The report of a message that nobody submitted: every digit of its MSG_ID is another one. */
export function strangeReport(report: Buffer): Buffer {
  const packet = Buffer.from(report);
  const msgId = [...msgIdOf(report)].map((digit) => String(9 - Number(digit))).join('');
  packet.fill(0, MSG_ID_AT, MSG_ID_AT + MSG_ID_BYTES);
  // A length of its own keeps it apart from every MSG_ID that a client makes in one length.
  packet.write(`9${msgId}`.slice(0, MSG_ID_BYTES), MSG_ID_AT, 'latin1');
  return packet;
}
