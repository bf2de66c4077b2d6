/** DELIVER MMS of every CONTENTS_TYPE, laid out by hand (LGHV 2.2.5, appendix 2). */
import { encodeDeliver } from './encode-deliver.js';
import { checkVectors, field, type GoldenVector, header, plain, TEXT_PART, whole } from './testing/golden.js';

const numbers = { destAddr: '01012345678', callback: '0212345678' };
const mms = { deliverType: 'MMS', msgId: '42', ...numbers, subject: '안내' } as const;
const read = {
  encode: '0',
  msgId: '42',
  gubun: '0',
  contentsType: 'IMT',
  ...numbers,
  reseller: '',
  subject: '안내',
} as const;
const bare = { fileName: '', fileKey: '', fileSize: 0 };
const text = { dataType: 't', text: '내용' } as const;
const textRead = { ...bare, dataType: 't', data: whole('b3bbbfeb') } as const;
const image = { dataType: 'i', fileName: 'i.jpg', fileKey: '', bytes: whole('c0c0') } as const;
const sound = { dataType: 'e', fileName: 'a.mmf', fileKey: '', bytes: whole('a0a0') } as const;
const video = { dataType: 'e', fileName: 'v.k3g', fileKey: '', bytes: whole('b0b0') } as const;
const readPart = ({ bytes, ...names }: typeof image | typeof sound | typeof video) => ({
  ...names,
  fileSize: 2,
  data: bytes,
});
const [imageRead, soundRead, videoRead] = [readPart(image), readPart(sound), readPart(video)];

const vectors: readonly GoldenVector[] = [
  {
    name: 'DELIVER MMS TXT of a text (2.2.5, appendix 2)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('30', 1), // ENCODE 0
      field('4d4d53', 4), // DELIVER_TYPE MMS
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('545854', 4), // CONTENTS_TYPE TXT
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 40), // CALLBACK 0212345678
      field('', 10), // RESELLER
      field('bec8b3bb', 150), // SUBJECT 안내
      field('31', 1), // DATACNT 1
      ...TEXT_PART, // DATA 1 내용
    ],
    encode: () => encodeDeliver({ ...mms, parts: [text] }, plain),
    packet: { type: 'deliverMms', values: { ...read, contentsType: 'TXT', parts: [textRead] } },
  },
  {
    name: 'DELIVER MMS IMG of an image (2.2.5, appendix 2)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('30', 1), // ENCODE 0
      field('4d4d53', 4), // DELIVER_TYPE MMS
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('494d47', 4), // CONTENTS_TYPE IMG
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 40), // CALLBACK 0212345678
      field('', 10), // RESELLER
      field('bec8b3bb', 150), // SUBJECT 안내
      field('31', 1), // DATACNT 1
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('692e6a7067', 20), // FILE_NAME i.jpg
      field('', 12), // FILE_KEY
      field('32', 8), // DATA_SIZE 2
      field('32', 8), // FILE_SIZE 2
      whole('c0c0'), // DATA
    ],
    encode: () => encodeDeliver({ ...mms, parts: [image] }, plain),
    packet: { type: 'deliverMms', values: { ...read, contentsType: 'IMG', parts: [imageRead] } },
  },
  {
    name: 'DELIVER MMS ADO of sound (2.2.5, appendix 2)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('30', 1), // ENCODE 0
      field('4d4d53', 4), // DELIVER_TYPE MMS
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('41444f', 4), // CONTENTS_TYPE ADO
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 40), // CALLBACK 0212345678
      field('', 10), // RESELLER
      field('bec8b3bb', 150), // SUBJECT 안내
      field('31', 1), // DATACNT 1
      field('', 1), // TEMP1
      field('65', 1), // DATATYPE e
      field('612e6d6d66', 20), // FILE_NAME a.mmf
      field('', 12), // FILE_KEY
      field('32', 8), // DATA_SIZE 2
      field('32', 8), // FILE_SIZE 2
      whole('a0a0'), // DATA
    ],
    encode: () => encodeDeliver({ ...mms, parts: [sound] }, plain),
    packet: { type: 'deliverMms', values: { ...read, contentsType: 'ADO', parts: [soundRead] } },
  },
  {
    name: 'DELIVER MMS MOV of a video (2.2.5, appendix 2)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('30', 1), // ENCODE 0
      field('4d4d53', 4), // DELIVER_TYPE MMS
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('4d4f56', 4), // CONTENTS_TYPE MOV
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 40), // CALLBACK 0212345678
      field('', 10), // RESELLER
      field('bec8b3bb', 150), // SUBJECT 안내
      field('31', 1), // DATACNT 1
      field('', 1), // TEMP1
      field('65', 1), // DATATYPE e
      field('762e6b3367', 20), // FILE_NAME v.k3g
      field('', 12), // FILE_KEY
      field('32', 8), // DATA_SIZE 2
      field('32', 8), // FILE_SIZE 2
      whole('b0b0'), // DATA
    ],
    encode: () => encodeDeliver({ ...mms, parts: [video] }, plain),
    packet: { type: 'deliverMms', values: { ...read, contentsType: 'MOV', parts: [videoRead] } },
  },
  {
    name: 'DELIVER MMS IMT of a text and an image (2.2.5, appendix 2)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('30', 1), // ENCODE 0
      field('4d4d53', 4), // DELIVER_TYPE MMS
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('494d54', 4), // CONTENTS_TYPE IMT
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 40), // CALLBACK 0212345678
      field('', 10), // RESELLER
      field('bec8b3bb', 150), // SUBJECT 안내
      field('32', 1), // DATACNT 2
      ...TEXT_PART, // DATA 1 내용
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('692e6a7067', 20), // FILE_NAME i.jpg
      field('', 12), // FILE_KEY
      field('32', 8), // DATA_SIZE 2
      field('32', 8), // FILE_SIZE 2
      whole('c0c0'), // DATA
    ],
    encode: () => encodeDeliver({ ...mms, parts: [text, image] }, plain),
    packet: { type: 'deliverMms', values: { ...read, contentsType: 'IMT', parts: [textRead, imageRead] } },
  },
  {
    name: 'DELIVER MMS IMA of an image and sound (2.2.5, appendix 2)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('30', 1), // ENCODE 0
      field('4d4d53', 4), // DELIVER_TYPE MMS
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('494d41', 4), // CONTENTS_TYPE IMA
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 40), // CALLBACK 0212345678
      field('', 10), // RESELLER
      field('bec8b3bb', 150), // SUBJECT 안내
      field('32', 1), // DATACNT 2
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('692e6a7067', 20), // FILE_NAME i.jpg
      field('', 12), // FILE_KEY
      field('32', 8), // DATA_SIZE 2
      field('32', 8), // FILE_SIZE 2
      whole('c0c0'), // DATA
      field('', 1), // TEMP1
      field('65', 1), // DATATYPE e
      field('612e6d6d66', 20), // FILE_NAME a.mmf
      field('', 12), // FILE_KEY
      field('32', 8), // DATA_SIZE 2
      field('32', 8), // FILE_SIZE 2
      whole('a0a0'), // DATA
    ],
    encode: () => encodeDeliver({ ...mms, parts: [image, sound] }, plain),
    packet: { type: 'deliverMms', values: { ...read, contentsType: 'IMA', parts: [imageRead, soundRead] } },
  },
  {
    name: 'DELIVER MMS TXA of a text and sound (2.2.5, appendix 2)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('30', 1), // ENCODE 0
      field('4d4d53', 4), // DELIVER_TYPE MMS
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('545841', 4), // CONTENTS_TYPE TXA
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 40), // CALLBACK 0212345678
      field('', 10), // RESELLER
      field('bec8b3bb', 150), // SUBJECT 안내
      field('32', 1), // DATACNT 2
      ...TEXT_PART, // DATA 1 내용
      field('', 1), // TEMP1
      field('65', 1), // DATATYPE e
      field('612e6d6d66', 20), // FILE_NAME a.mmf
      field('', 12), // FILE_KEY
      field('32', 8), // DATA_SIZE 2
      field('32', 8), // FILE_SIZE 2
      whole('a0a0'), // DATA
    ],
    encode: () => encodeDeliver({ ...mms, parts: [text, sound] }, plain),
    packet: { type: 'deliverMms', values: { ...read, contentsType: 'TXA', parts: [textRead, soundRead] } },
  },
  {
    name: 'DELIVER MMS MOT of a text and a video (2.2.5, appendix 2)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('30', 1), // ENCODE 0
      field('4d4d53', 4), // DELIVER_TYPE MMS
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('4d4f54', 4), // CONTENTS_TYPE MOT
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 40), // CALLBACK 0212345678
      field('', 10), // RESELLER
      field('bec8b3bb', 150), // SUBJECT 안내
      field('32', 1), // DATACNT 2
      ...TEXT_PART, // DATA 1 내용
      field('', 1), // TEMP1
      field('65', 1), // DATATYPE e
      field('762e6b3367', 20), // FILE_NAME v.k3g
      field('', 12), // FILE_KEY
      field('32', 8), // DATA_SIZE 2
      field('32', 8), // FILE_SIZE 2
      whole('b0b0'), // DATA
    ],
    encode: () => encodeDeliver({ ...mms, parts: [text, video] }, plain),
    packet: { type: 'deliverMms', values: { ...read, contentsType: 'MOT', parts: [textRead, videoRead] } },
  },
  {
    name: 'DELIVER MMS ITA of a text, an image and sound (2.2.5, appendix 2)',
    rows: [
      ...header('64', '323831'), // d, 281; the parts follow
      field('30', 1), // ENCODE 0
      field('4d4d53', 4), // DELIVER_TYPE MMS
      field('3432', 20), // MSG_ID 42
      field('30', 1), // GUBUN 0
      field('495441', 4), // CONTENTS_TYPE ITA
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('30323132333435363738', 40), // CALLBACK 0212345678
      field('', 10), // RESELLER
      field('bec8b3bb', 150), // SUBJECT 안내
      field('33', 1), // DATACNT 3
      ...TEXT_PART, // DATA 1 내용
      field('', 1), // TEMP1
      field('69', 1), // DATATYPE i
      field('692e6a7067', 20), // FILE_NAME i.jpg
      field('', 12), // FILE_KEY
      field('32', 8), // DATA_SIZE 2
      field('32', 8), // FILE_SIZE 2
      whole('c0c0'), // DATA
      field('', 1), // TEMP1
      field('65', 1), // DATATYPE e
      field('612e6d6d66', 20), // FILE_NAME a.mmf
      field('', 12), // FILE_KEY
      field('32', 8), // DATA_SIZE 2
      field('32', 8), // FILE_SIZE 2
      whole('a0a0'), // DATA
    ],
    encode: () => encodeDeliver({ ...mms, parts: [text, image, sound] }, plain),
    packet: {
      type: 'deliverMms',
      values: { ...read, contentsType: 'ITA', parts: [textRead, imageRead, soundRead] },
    },
  },
];

checkVectors(vectors);
