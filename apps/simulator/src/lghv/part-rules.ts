import { createHash } from 'node:crypto';
import { judgeFragment } from './buttons.js';
import { kindOfFile, type PartKind } from './contents-types.js';
import type { DeliverReader } from './deliver-reader.js';
import { readPartText } from './deliver-text.js';
import { isDigits, readField } from './fields.js';
import type { ImageKey } from './images.js';
import { jpegFault } from './jpeg.js';
import { PART_HEAD_BYTES, type PartPlace } from './parts.js';

const FILE_KEY_CHARACTERS = 11;
/** DELIVER_ACK's code for an image that the gateway does not have (LGHV appendix 1). */
const FILE_ERROR = '16';

/** One part, judged. */
export interface PartFound {
  readonly kind: PartKind;
  /** The text of a part t. */
  readonly text?: string | undefined;
  /** The size of the file, sent or kept. */
  readonly bytes: number;
  /** For the ledger. */
  readonly shown: Readonly<Record<string, unknown>>;
}

interface Head {
  readonly name: string;
  readonly dataType: string;
  readonly fileName: string;
  readonly fileKey: string;
  readonly fileSize: string;
  readonly data: Buffer;
  /** DATA_SIZE is NUL or 0. */
  readonly empty: boolean;
}

/** Reads and judges a part: TEMP1 1, DATATYPE 1, FILE_NAME 20, FILE_KEY 12, DATA_SIZE 8, FILE_SIZE 8, DATA. */
export function readPart(reader: DeliverReader, { at, dataBytes }: PartPlace, name: string): PartFound {
  reader.reservedAt(`TEMP1 of ${name}`, at, 1);
  const head: Head = {
    name,
    dataType: readField(reader.body, at + 1, 1).value,
    fileName: reader.fieldAt(`FILE_NAME of ${name}`, at + 2, 20),
    fileKey: reader.fieldAt(`FILE_KEY of ${name}`, at + 22, 12),
    fileSize: reader.fieldAt(`FILE_SIZE of ${name}`, at + 42, 8),
    data: reader.body.subarray(at + PART_HEAD_BYTES, at + PART_HEAD_BYTES + dataBytes),
    empty: dataBytes === 0,
  };
  reader.fieldAt(`DATA_SIZE of ${name}`, at + 34, 8);
  switch (head.dataType) {
    case 't':
      return readText(reader, head);
    case 'i':
    case 'e':
      return readFile(reader, head);
    case 'z':
      if (reader.type !== 'MMS') return readFragment(reader, head);
      break;
    default:
  }
  reader.refuse('part-datatype', `DATATYPE of ${name} in ${reader.type}`);
  return { kind: 'unknown', bytes: dataBytes, shown: shownOf(head, '') };
}

function readText(reader: DeliverReader, head: Head): PartFound {
  expectNoFile(reader, head);
  if (isWithoutData(reader, head)) return { kind: 'text', bytes: 0, shown: shownOf(head, '') };
  const text = readPartText(reader, `DATA of ${head.name}`, head.data);
  return { kind: 'text', text, bytes: head.data.length, shown: shownOf(head, sha256(head.data)) };
}

/** Buttons, or an image by its address. ENCODE 9 leaves them as they are. */
function readFragment(reader: DeliverReader, head: Head): PartFound {
  expectNoFile(reader, head);
  if (isWithoutData(reader, head)) return { kind: 'button', bytes: 0, shown: shownOf(head, '') };
  const kind = readJson(reader, head);
  return { kind, bytes: head.data.length, shown: shownOf(head, sha256(head.data)) };
}

function readJson(reader: DeliverReader, head: Head): PartKind {
  const { extra } = reader.deliver;
  const value = judgeFragment(reader, `DATA of ${head.name}`, head.data, true);
  if (!value) return 'unknown';
  if (value.button !== undefined) extra.BTN_DATA = value.button;
  if (value.image !== undefined) extra.IMAGE = value.image;
  return value.image === undefined ? 'button' : 'image';
}

function readFile(reader: DeliverReader, head: Head): PartFound {
  const { dataType, data, name } = head;
  if (head.fileKey.length > FILE_KEY_CHARACTERS) reader.refuse('file-key', `FILE_KEY of ${name}`);
  if (head.empty && dataType === 'i') return readReuse(reader, head);
  if (isWithoutData(reader, head)) return { kind: 'unknown', bytes: 0, shown: shownOf(head, '') };
  if (head.fileSize !== String(data.length)) {
    reader.refuse('file-size', `FILE_SIZE of ${name} beside a DATA_SIZE of ${data.length}`);
  }
  // No letter is named for an image that Kakao fetches itself: its DATA is JSON whatever the letter.
  if (reader.type !== 'MMS' && data[0] === 0x22) {
    const kind = readJson(reader, head);
    return { kind, bytes: 0, shown: shownOf(head, sha256(data)) };
  }
  if (head.fileName === '') reader.refuse('file-name', `FILE_NAME of ${name}`);
  const digest = sha256(data);
  reader.deliver.files.push(digest);
  const shown = shownOf(head, digest);
  if (dataType === 'e') return { kind: kindOfFile(head.fileName), bytes: data.length, shown };
  const fault = jpegFault(data);
  if (fault) reader.refuse('image-jpeg', `DATA of ${name}: ${fault}`);
  if (head.fileKey !== '') keepLater(reader, head, digest);
  return { kind: 'image', bytes: data.length, shown };
}

/** An image that was sent within the last day, named by FILE_NAME, FILE_KEY, FILE_SIZE and CALLBACK (LGHV 3.2). */
function readReuse(reader: DeliverReader, head: Head): PartFound {
  const { deliver, context } = reader;
  if (head.fileName === '' || head.fileKey === '' || !isDigits(head.fileSize)) {
    reader.refuse('image-reuse', `${head.name} without FILE_NAME, FILE_KEY or FILE_SIZE`);
    return { kind: 'image', bytes: 0, shown: shownOf(head, '') };
  }
  const digest = context.keptImage(keyOf(reader, head)) ?? '';
  if (digest === '') reader.refuseSilently(FILE_ERROR);
  deliver.files.push(digest);
  return { kind: 'image', bytes: Number(head.fileSize), shown: { ...shownOf(head, digest), reused: true } };
}

function keepLater(reader: DeliverReader, head: Head, digest: string): void {
  const known = reader.context.contentOf(head.fileKey);
  if (known !== undefined && known !== digest) reader.refuse('file-key-content', `FILE_KEY of ${head.name}`);
  reader.deliver.images.push({ key: keyOf(reader, head), sha256: digest });
}

function keyOf(reader: DeliverReader, { fileName, fileKey, fileSize }: Head): ImageKey {
  return { fileName, fileKey, fileSize, callback: reader.deliver.from };
}

/** Text and buttons are no files: FILE_NAME, FILE_KEY and FILE_SIZE are NUL. */
function expectNoFile(reader: DeliverReader, { name, fileName, fileKey, fileSize }: Head): void {
  if (fileName !== '' || fileKey !== '' || fileSize !== '') {
    reader.refuse('part-file-null', `FILE_NAME, FILE_KEY or FILE_SIZE of ${name}`);
  }
}

function isWithoutData(reader: DeliverReader, { empty, name }: Head): boolean {
  if (empty) reader.refuse('part-data', `DATA of ${name}`);
  return empty;
}

function shownOf(head: Head, digest: string): Readonly<Record<string, unknown>> {
  return {
    DATATYPE: head.dataType,
    FILE_NAME: head.fileName,
    FILE_KEY: head.fileKey,
    DATA_SIZE: head.data.length,
    FILE_SIZE: head.fileSize,
    sha256: digest,
  };
}

function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
