import type { DeliverReader } from './deliver-reader.js';
import { isDigits } from './fields.js';

const INVALID_PHONE = '7';
const SENDER_FORMAT = '29';

/** What differs between the types in the fields that all of them begin with. */
export interface HeadShape {
  readonly encodes: string;
  readonly gubuns: string;
  /** 50 where the type has no RESELLER. */
  readonly callbackBytes: 40 | 50;
}

/**
 * Reads what all nine types begin with, 120 or 130 bytes: ENCODE 1, DELIVER_TYPE 4, MSG_ID 20, GUBUN 1,
 * CONTENTS_TYPE 4, DESTADDR 50, CALLBACK 40 or 50 (LGHV 2.2.3 to 2.2.7). CONTENTS_TYPE is judged by the caller.
 */
export function readHead(reader: DeliverReader, shape: HeadShape): { gubun: string; contents: string } {
  const { deliver, type } = reader;
  const encode = reader.field('ENCODE', 1);
  reader.field('DELIVER_TYPE', 4);
  const msgId = reader.field('MSG_ID', 20);
  const gubun = reader.field('GUBUN', 1);
  const contents = reader.field('CONTENTS_TYPE', 4);
  deliver.wireTo = reader.field('DESTADDR', 50);
  const wireFrom = reader.field('CALLBACK', shape.callbackBytes);
  if (encode === '' || !shape.encodes.includes(encode))
    reader.refuse('deliver-encode', `${type} with another ENCODE`);
  if (!isDigits(msgId)) reader.refuse('msg-id-digits', `MSG_ID of ${msgId.length} characters`);
  if (gubun === '' || !shape.gubuns.includes(gubun))
    reader.refuse('deliver-gubun', `${type} with another GUBUN`);
  readRecipient(reader, gubun === '3');
  readSender(reader, wireFrom);
  return { gubun, contents };
}

/** CONTENTS_TYPE of the types whose content is text alone. */
export function expectText(reader: DeliverReader, contents: string): void {
  if (contents !== 'TXT') reader.refuse('contents-type', `${reader.type} with another CONTENTS_TYPE`);
}

/** RESELLER, 10 bytes: 9 digits where the account is a reseller's, else empty or 9 digits. */
export function readReseller(reader: DeliverReader): string {
  const reseller = reader.field('RESELLER', 10);
  if (reseller === '') {
    if (reader.context.resellerRequired) reader.refuse('reseller-missing', 'RESELLER');
  } else if (!isDigits(reseller) || reseller.length !== 9) {
    reader.refuse('reseller-digits', `RESELLER of ${reseller.length} characters`);
  }
  return reseller;
}

function readRecipient(reader: DeliverReader, international: boolean): void {
  const { deliver, hidesNumbers } = reader;
  const plain = reader.reveal('DESTADDR', Buffer.from(deliver.wireTo, 'latin1'), hidesNumbers);
  if (!plain) return;
  deliver.to = plain.toString('latin1');
  if (!isDigits(deliver.to)) {
    reader.refuse('destaddr-digits', `DESTADDR of ${plain.length} characters`, INVALID_PHONE);
  } else if (!isPossibleRecipient(deliver.to, international)) {
    reader.refuseSilently(INVALID_PHONE);
  }
}

function readSender(reader: DeliverReader, wireFrom: string): void {
  const plain = reader.reveal('CALLBACK', Buffer.from(wireFrom, 'latin1'), reader.hidesNumbers);
  if (!plain) return;
  const from = plain.toString('latin1');
  reader.deliver.from = from;
  if (!isDigits(from))
    reader.refuse('callback-digits', `CALLBACK of ${from.length} characters`, SENDER_FORMAT);
  else if (from.length < 8 || from.length > 11) reader.refuseSilently(SENDER_FORMAT);
}

/** A number that could exist: the gateway answers 7 for any other, which is no breach of the protocol. */
function isPossibleRecipient(to: string, international: boolean): boolean {
  return international
    ? !to.startsWith('0') && to.length >= 7 && to.length <= 15
    : to.startsWith('0') && to.length >= 8 && to.length <= 12;
}
