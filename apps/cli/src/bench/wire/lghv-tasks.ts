import {
  type DeliverInput,
  type DeliverOptions,
  decodeFrame,
  deliverAck,
  deliverHeaderReader,
  encodeDeliver,
  encodeFrame,
  type LghvPacket,
  MAX_DELIVER_FRAME_BYTES,
  report,
} from '@pabal/protocol-lghv';
import { FrameReader } from '@pabal/wire';
import { CliFailure } from '../../failure.js';
import {
  BUTTONS,
  CALLBACK,
  image,
  LMS_TEXT,
  recipient,
  SENDER_KEY,
  SMS_TEXT,
  SUBJECT,
  TALK_TEXT,
  VARIANTS,
  wireId,
} from './samples.js';
import { type PacketTasks, variant } from './task.js';

const TEXT = { charset: 'cp949', unmappable: 'reject' } as const;
const OPTIONS: DeliverOptions = { text: TEXT, encode: '0' };
/** `"button":[…]` without the outer braces (LGHV 2.2.7). */
const BUTTON_FRAGMENT = JSON.stringify({ button: BUTTONS }).slice(1, -1);

const head = (index: number) => ({ msgId: wireId(index), destAddr: recipient(index), callback: CALLBACK });

const delivers: Readonly<Record<string, (index: number) => DeliverInput>> = {
  'LGHV SMS': (index) => ({ deliverType: 'SMS', gubun: '0', ...head(index), text: SMS_TEXT }),
  'LGHV LMS': (index) => ({ deliverType: 'LMS', ...head(index), subject: SUBJECT, text: LMS_TEXT }),
  'LGHV MMS, 50 KB image': (index) => ({
    deliverType: 'MMS',
    ...head(index),
    subject: SUBJECT,
    parts: [
      { dataType: 'i', fileName: 'photo.jpg', fileKey: String(index), bytes: image(index) },
      { dataType: 't', text: LMS_TEXT },
    ],
  }),
  'LGHV KKT, 2 buttons': (index) => ({
    deliverType: 'KKT',
    gubun: 'r',
    ...head(index),
    senderKey: SENDER_KEY,
    templateCode: 'DELIVERY_01',
    text: TALK_TEXT,
    buttons: BUTTON_FRAGMENT,
    extend: '',
  }),
};

const variants = <T>(make: (index: number) => T): T[] =>
  Array.from({ length: VARIANTS }, (_, index) => make(index));

const ids = variants(wireId);
const acks = variants((index) => ({
  result: '0',
  deliverType: 'SMS',
  msgId: wireId(index),
  msgMsec: 0,
  destAddr: recipient(index),
}));
const reports = variants((index) => ({
  result: '6',
  deliverType: 'SMS',
  rtnType: 'SMS',
  msgId: wireId(index),
  deliverTime: '20260101120000',
  netId: 'SKT',
}));

/** What a fleet writes and reads most, each with its frame. */
export function lghvTasks(): PacketTasks[] {
  return [
    ...Object.entries(delivers).map(([name, make]) => {
      const inputs = variants(make);
      return tasksOf(name, (index) => encodeDeliver(variant(inputs, index), OPTIONS));
    }),
    tasksOf('LGHV DELIVER_ACK', (index) => encodeFrame('DELIVER_ACK', deliverAck, variant(acks, index))),
    tasksOf('LGHV REPORT', (index) => encodeFrame('REPORT', report, variant(reports, index))),
  ];
}

/** Decoding cuts the frame from a stream first, as a session does. */
function tasksOf(name: string, encode: (index: number) => Uint8Array): PacketTasks {
  const frames = variants(encode);
  const reader = new FrameReader({
    header: deliverHeaderReader(false),
    maxFrameBytes: MAX_DELIVER_FRAME_BYTES,
  });
  const decode = (index: number) => {
    for (const frame of reader.push(variant(frames, index))) {
      const id = idOf(decodeFrame(frame, TEXT));
      if (id !== variant(ids, index)) throw new CliFailure(`${name} did not come out as it went in`);
      return id.length;
    }
    throw new CliFailure(`${name} is no whole frame`);
  };
  return {
    name,
    bytes: variant(frames, 0).length,
    encode: { name: 'encode', run: (index) => encode(index).length },
    decode: { name: 'decode', run: decode },
    parts: [],
  };
}

function idOf(packet: LghvPacket): string | undefined {
  return 'values' in packet && 'msgId' in packet.values ? packet.values.msgId : undefined;
}
