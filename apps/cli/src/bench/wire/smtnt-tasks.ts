import { aesCipher, nodeCompression } from '@pabal/gateway-smtnt';
import {
  type BodyOf,
  Codec,
  createFrameReader,
  type KnownPacket,
  msgTypes,
  portableCompression,
} from '@pabal/protocol-smtnt';
import { CliFailure } from '../../failure.js';
import {
  BUTTONS,
  CALLBACK,
  LMS_TEXT,
  recipient,
  SENDER_KEY,
  SMS_TEXT,
  SUBJECT,
  TALK_TEXT,
  VARIANTS,
  wireId,
} from './samples.js';
import { type PacketTasks, type Task, variant } from './task.js';

/** No body of these packets is encrypted, so that any key will do. */
const CIPHER = aesCipher('0'.repeat(16), '0'.repeat(16));
const MOST_INFLATED = 1024 * 1024;

const send = (index: number): BodyOf<'MsgSendReq'> => ({
  UserMsgId: wireId(index),
  UserMsgSubId: '',
  MsgType: msgTypes.sms,
  PhoneNo: recipient(index),
  CallbackNo: CALLBACK,
  TranId: '',
  Subject: '',
  Message: SMS_TEXT,
  KakaoAdFlag: '',
  KakaoNationCode: '',
  KakaoSenderKey: '',
  KakaoTemplateCode: '',
  KakaoTimeout: 0,
  KakaoButton: '',
  FileCount: 0,
  FileType1: '',
  FileName1: '',
  FileType2: '',
  FileName2: '',
  FileType3: '',
  FileName3: '',
  UserData: '',
  ResellerCode: '',
});

const talk = (index: number): BodyOf<'MsgSendReq'> => ({
  ...send(index),
  MsgType: msgTypes.alimtalk,
  Message: TALK_TEXT,
  KakaoNationCode: '82',
  KakaoSenderKey: SENDER_KEY,
  KakaoTemplateCode: 'DELIVERY_01',
  KakaoButton: JSON.stringify(BUTTONS),
});

const packets: Readonly<Record<string, (index: number) => KnownPacket>> = {
  'SMTNT MsgSendReq SMS': (index) => ({ method: 'MsgSendReq', body: send(index) }),
  'SMTNT MsgSendReq LMS': (index) => ({
    method: 'MsgSendReq',
    body: { ...send(index), MsgType: msgTypes.lmsOrMms, Subject: SUBJECT, Message: LMS_TEXT },
  }),
  'SMTNT MsgSendReq Alimtalk': (index) => ({ method: 'MsgSendReq', body: talk(index) }),
  'SMTNT MsgSendRes': (index) => ({
    method: 'MsgSendRes',
    body: {
      UserMsgId: wireId(index),
      UserMsgSubId: '',
      PhoneNo: recipient(index),
      MsgType: msgTypes.sms,
      Result: 0,
      UserData: '',
    },
  }),
  'SMTNT ReportReq': (index) => ({
    method: 'ReportReq',
    body: {
      UserMsgId: wireId(index),
      UserMsgSubId: '',
      ServerMsgId: wireId(index),
      MsgType: msgTypes.sms,
      PhoneNo: recipient(index),
      Result: 0,
      Telecom: 'SKT',
      DeliveryTime: '2026-01-01 12:00:00.000',
      UserData: '',
    },
  }),
};

/** What a fleet writes and reads most, with the zlib of Node as it has it, and pako's by itself. */
export function smtntTasks(): PacketTasks[] {
  const codec = new Codec({ cipher: CIPHER, compression: nodeCompression });
  return Object.entries(packets).map(([name, make]) => {
    const inputs = Array.from({ length: VARIANTS }, (_, index) => make(index));
    const ids = inputs.map((_, index) => wireId(index));
    const frames = inputs.map((input) => codec.encode(input));
    const reader = createFrameReader();
    const decode = (index: number) => {
      for (const { body } of reader.push(variant(frames, index))) {
        const packet = codec.decode(body);
        const id = 'body' in packet && 'UserMsgId' in packet.body ? packet.body.UserMsgId : undefined;
        if (id !== variant(ids, index)) throw new CliFailure(`${name} did not come out as it went in`);
        return id.length;
      }
      throw new CliFailure(`${name} is no whole frame`);
    };
    return {
      name,
      bytes: variant(frames, 0).length,
      encode: { name: 'encode', run: (index) => codec.encode(variant(inputs, index)).length },
      decode: { name: 'decode', run: decode },
      parts: compressionTasks(inputs.map((input) => codec.json(input))),
    };
  });
}

/** What zlib takes of it: the same JSON, compressed and unpacked by both. */
function compressionTasks(texts: readonly string[]): Task[] {
  const plain = texts.map((text) => new TextEncoder().encode(text));
  const packed = plain.map((bytes) => nodeCompression.deflate(bytes));
  const both = { node: nodeCompression, pako: portableCompression };
  return Object.entries(both).flatMap(([name, { deflate, inflate }]) => [
    { name: `deflate ${name}`, run: (index) => deflate(variant(plain, index)).length },
    { name: `inflate ${name}`, run: (index) => inflate(variant(packed, index), MOST_INFLATED).length },
  ]);
}
