import { readKakao } from './deliver-kakao.js';
import { readKko } from './deliver-kko.js';
import { readMms } from './deliver-mms.js';
import { type Deliver, type DeliverContext, DeliverReader } from './deliver-reader.js';
import { readLms, readSms } from './deliver-text.js';
import { type DeliverType, typeOf } from './deliver-types.js';
import { readField } from './fields.js';
import type { Frame } from './frames.js';

/** What is read of every type (LGHV 2.2.3 to 2.2.7). */
const READERS: Readonly<Record<DeliverType, (reader: DeliverReader) => void>> = {
  SMS: readSms,
  LMS: readLms,
  MMS: readMms,
  KFI: readMms,
  KFW: readMms,
  KKO: readKko,
  KKT: readKakao,
  KKM: readKakao,
  KFT: readKakao,
};

/** The DELIVER_TYPE of a body, for the server and the rate that it counts towards; undefined for no known one. */
export function deliverType(body: Buffer): DeliverType | undefined {
  return body.length < 5 ? undefined : typeOf(readField(body, 1, 4).value);
}

/** Reads and judges a DELIVER of a known type: every breach is told, and the refusal that it deserves decided. */
export function readDeliver(
  type: DeliverType,
  frame: Pick<Frame, 'body' | 'declared'>,
  context: DeliverContext,
): Deliver {
  const reader = new DeliverReader(type, frame, context);
  READERS[type](reader);
  return reader.deliver;
}
