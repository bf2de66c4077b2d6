import { fields, packet, type RawClient } from './raw-client.js';
import { type Ack, nextAck } from './world.js';

/** The values that every type begins with. */
interface HeadValues {
  encode?: string;
  type?: string;
  msgId?: string;
  gubun?: string;
  contents?: string;
  to?: string;
  from?: string;
}

/** A part of an MMS, KFI or KFW. DATA_SIZE and FILE_SIZE are those of the data unless they are given. */
export interface PartValues {
  temp?: string;
  dataType?: string;
  fileName?: string;
  fileKey?: string;
  dataSize?: string;
  fileSize?: string;
  data?: string | Uint8Array;
}

export interface MmsValues extends HeadValues {
  reseller?: string;
  subject?: string | Uint8Array;
  senderKey?: string;
  adFlag?: string;
  reserved?: string;
  kSubject?: string | Uint8Array;
  count?: string;
  parts?: readonly Uint8Array[];
}

export interface KakaoValues extends HeadValues {
  senderKey?: string;
  templateCode?: string;
  fallback?: string;
  smsMsg?: string;
  textSize?: string;
  text?: string | Uint8Array;
  buttons?: string;
  extend?: string;
}

const SENDER_KEY = '0123456789abcdef0123456789abcdef01234567';

/** SOI, a frame header of one component, a scan of two bytes, EOI; `shade` makes it another picture. */
export function jpeg(shade = 0, padding = 0): Buffer {
  const comment = padding === 0 ? Buffer.alloc(0) : comments(padding);
  return Buffer.concat([
    Buffer.from('ffd8', 'hex'),
    comment,
    Buffer.from('ffc0000b080001000101011100', 'hex'),
    Buffer.from('ffda0008010100003f00', 'hex'),
    Buffer.from([shade, 0x00]),
    Buffer.from('ffd9', 'hex'),
  ]);
}

/** Comment segments of `bytes` in all. */
function comments(bytes: number): Buffer {
  const segments: Buffer[] = [];
  for (let left = bytes; left > 0; ) {
    let size = Math.min(left, 65_000);
    if (left - size > 0 && left - size < 4) size -= 4;
    const segment = Buffer.alloc(size);
    segment.writeUInt16BE(0xfffe, 0);
    segment.writeUInt16BE(size - 2, 2);
    segments.push(segment);
    left -= size;
  }
  return Buffer.concat(segments);
}

/** TEMP1 1, DATATYPE 1, FILE_NAME 20, FILE_KEY 12, DATA_SIZE 8, FILE_SIZE 8, DATA (LGHV 2.2.5). */
export function part(values: PartValues): Buffer {
  const data = Buffer.from(values.data ?? '');
  const isFile = values.dataType === 'i' || values.dataType === 'e';
  return fields(
    [values.temp ?? '', 1],
    [values.dataType ?? 't', 1],
    [values.fileName ?? (isFile ? 'test.jpg' : ''), 20],
    [values.fileKey ?? '', 12],
    [values.dataSize ?? String(data.length), 8],
    [values.fileSize ?? (isFile ? String(data.length) : ''), 8],
    [data, 0],
  );
}

export const textPart = (data: string | Uint8Array = 'hello') => part({ data });
export const imagePart = (values: PartValues = {}) =>
  part({ dataType: 'i', fileKey: '12300012345', data: jpeg(), ...values });
/** The same image again: FILE_NAME, FILE_KEY, FILE_SIZE, no DATA. */
export const samePart = (values: PartValues = {}) =>
  part({ dataType: 'i', fileKey: '12300012345', fileSize: String(jpeg().length), dataSize: '', ...values });

/** An MMS, KFI or KFW body: 281 bytes and the parts. */
export function mmsBody(values: MmsValues = {}): Buffer {
  const type = values.type ?? 'MMS';
  const parts = values.parts ?? [textPart(), imagePart()];
  const isMms = type === 'MMS';
  return fields(
    ...headFields({ gubun: isMms ? '0' : 'r', contents: 'IMT', ...values, type }),
    ...(isMms
      ? ([
          [values.from ?? '0212345678', 40],
          [values.reseller ?? '', 10],
          [values.subject ?? '', 150],
        ] as const)
      : ([
          [values.from ?? '0212345678', 50],
          [values.senderKey ?? SENDER_KEY, 100],
          [values.adFlag ?? 'N', 1],
          [values.reserved ?? '', 28],
          [values.kSubject ?? '', 21],
        ] as const)),
    [values.count ?? String(parts.length), 1],
    [Buffer.concat(parts), 0],
  );
}

/** A KKO body: 375 bytes and TEXT (LGHV 2.2.6). */
export function kkoBody(values: KakaoValues = {}): Buffer {
  return fields(
    ...headFields({ gubun: '0', ...values, type: 'KKO' }),
    [values.from ?? '0212345678', 50],
    [values.senderKey ?? SENDER_KEY, 100],
    [values.templateCode ?? 'T1', 50],
    [values.fallback ?? 'NON', 5],
    [values.smsMsg ?? '', 90],
    [values.text ?? 'hello', 0],
  );
}

/** A KKT, KKM or KFT body: 292 bytes, TEXT, BTN_DATA, EXTEND (LGHV 2.2.7). */
export function kakaoBody(values: KakaoValues = {}): Buffer {
  const text = Buffer.from(values.text ?? 'hello');
  const buttons = Buffer.from(values.buttons ?? '');
  const extend = Buffer.from(values.extend ?? '');
  return fields(
    ...headFields({ gubun: 'r', type: 'KKT', ...values }),
    [values.from ?? '0212345678', 50],
    [values.senderKey ?? SENDER_KEY, 100],
    [values.templateCode ?? 'T1', 50],
    [values.textSize ?? String(text.length), 4],
    [buttons.length === 0 ? '' : String(buttons.length), 4],
    [extend.length === 0 ? '' : String(extend.length), 4],
    [Buffer.concat([text, buttons, extend]), 0],
  );
}

function headFields(values: HeadValues): (readonly [string, number])[] {
  return [
    [values.encode ?? '0', 1],
    [values.type ?? '', 4],
    [values.msgId ?? '1', 20],
    [values.gubun ?? '0', 1],
    [values.contents ?? 'TXT', 4],
    [values.to ?? '01012345678', 50],
  ];
}

/** A DELIVER packet whose header names `declared` bytes: 281 by default where parts follow. */
export function deliverPacket(body: Buffer, declared?: number): Buffer {
  const hasParts = /^(MMS|KFI|KFW)$/.test(body.toString('latin1', 1, 4));
  const length = declared ?? (hasParts ? Math.min(281, body.length) : body.length);
  const header = packet('d', Buffer.alloc(length)).subarray(0, 8);
  return Buffer.concat([header, body]);
}

/** Sends a DELIVER of any type and reads its answer. */
export function submit(client: RawClient, body: Buffer, declared?: number): Promise<Ack> {
  client.send(deliverPacket(body, declared));
  return nextAck(client);
}
