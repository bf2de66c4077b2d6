import type { DeliverReader } from './deliver-reader.js';

/** SENDER_KEY, 100 bytes, which every Kakao type needs (LGHV 2.2.5 to 2.2.7). */
export function readSenderKey(reader: DeliverReader): void {
  const senderKey = readName(reader, 'SENDER_KEY', 100);
  if (senderKey === '') reader.refuse('sender-key-missing', `${reader.type} without SENDER_KEY`);
  reader.deliver.extra.SENDER_KEY = senderKey;
}

/** TEMPLATE_CODE, 50 bytes: what an Alimtalk must match; a FriendTalk has no template. */
export function readTemplateCode(reader: DeliverReader): void {
  const templateCode = readName(reader, 'TEMPLATE_CODE', 50);
  if (templateCode === '' && reader.type !== 'KFT') {
    reader.refuse('template-code-missing', `${reader.type} without TEMPLATE_CODE`);
  }
  reader.deliver.extra.TEMPLATE_CODE = templateCode;
}

/** What could not be decrypted has been told and is not missing as well. */
function readName(reader: DeliverReader, name: string, size: number): string {
  const plain = reader.revealField(name, reader.field(name, size), reader.hidesNames);
  return plain ? reader.decode(name, plain) : '?';
}
