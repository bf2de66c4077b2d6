import { fitsContents } from './contents-types.js';
import { readHead, readReseller } from './deliver-head.js';
import type { DeliverReader } from './deliver-reader.js';
import { readSubject } from './deliver-text.js';
import { readSenderKey } from './kakao-names.js';
import { type PartFound, readPart } from './part-rules.js';
import { PART_HEAD_BYTES, PARTS_AT, walkParts } from './parts.js';

const MOST_IMAGES = 3;
/** With several images none should be larger (LGHV 4.1.2). */
const RECOMMENDED_IMAGE_BYTES = 51_200;

/**
 * MMS, KFI, KFW (LGHV 2.2.5): the head of 120 or 130 bytes, then of MMS RESELLER 10 and SUBJECT 150, of the others
 * SENDER_KEY 100, AD_FLAG 1, RESERVED 28, KSUBJECT 21; DATACNT 1 and the parts.
 */
export function readMms(reader: DeliverReader): void {
  const { body, deliver, type } = reader;
  if (body.length < PARTS_AT) {
    reader.refuse('deliver-length', `${type} of ${body.length} bytes`);
    return;
  }
  const isMms = type === 'MMS';
  const { gubun, contents } = isMms
    ? readHead(reader, { encodes: '0129', gubuns: '0', callbackBytes: 40 })
    : readHead(reader, { encodes: '0129', gubuns: 'rup', callbackBytes: 50 });
  deliver.extra.ENCODE = reader.encode;
  deliver.extra.GUBUN = gubun;
  deliver.extra.CONTENTS_TYPE = contents;
  if (isMms) {
    deliver.extra.RESELLER = readReseller(reader);
    readSubject(reader);
  } else {
    readFriendTalk(reader);
  }
  deliver.extra.MSGLEN = reader.declared === PARTS_AT ? 'fixed' : 'total';
  const parts = readParts(reader);
  if (parts) judgeTogether(reader, contents, parts);
}

function readFriendTalk(reader: DeliverReader): void {
  const { deliver } = reader;
  readSenderKey(reader);
  const adFlag = reader.field('AD_FLAG', 1);
  if (adFlag !== 'Y' && adFlag !== 'N') reader.refuse('ad-flag', 'AD_FLAG');
  deliver.extra.AD_FLAG = adFlag;
  reader.reserved('RESERVED', 28);
  const subject = reader.field('KSUBJECT', 21);
  deliver.subject = reader.decode('KSUBJECT', Buffer.from(subject, 'latin1'));
}

/** The parts that have their DATA; undefined where DATACNT or a size hides one of them. */
function readParts(reader: DeliverReader): PartFound[] | undefined {
  const { body } = reader;
  const { parts, needs, broken } = walkParts(body);
  if (broken) reader.refuse(broken.rule, broken.detail);
  else if (needs !== body.length) {
    reader.refuse('parts-length', `${body.length} bytes, the parts end at ${needs}`);
  }
  const found = parts
    .filter(({ at, dataBytes }) => at + PART_HEAD_BYTES + dataBytes <= body.length)
    .map((place, i) => readPart(reader, place, `part ${i + 1}`));
  reader.deliver.extra.PARTS = found.map(({ shown }) => shown);
  reader.deliver.text = found
    .map(({ text }) => text)
    .filter((text) => text !== undefined)
    .join('\n');
  return broken || needs > body.length ? undefined : found;
}

/** What the parts must be beside each other. */
function judgeTogether(reader: DeliverReader, contents: string, parts: readonly PartFound[]): void {
  const kinds = parts.map(({ kind }) => kind);
  if (!fitsContents(contents, kinds))
    reader.refuse('contents-type', `${reader.type} with another CONTENTS_TYPE`);
  const images = parts.filter(({ kind }) => kind === 'image');
  if (images.length > MOST_IMAGES) reader.refuse('image-count', `${images.length} images`);
  const mayHaveImage = images.length > 0 || kinds.includes('unknown');
  if (reader.type !== 'MMS' && !mayHaveImage)
    reader.refuse('friendtalk-image', `${reader.type} without an image`);
  if (images.length > 1 && images.some(({ bytes }) => bytes > RECOMMENDED_IMAGE_BYTES)) {
    reader.context.note('image-over-recommended');
  }
}
