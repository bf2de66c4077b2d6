import type { RuleTable } from '../common/violations.js';

/** What uploads of images are held to. */
export const UPLOAD_RULES = {
  'upload-name-fields': { text: 'UploadFileNameReq holds FileExtension (text).', cites: 'SMTNT 3.3.14' },
  'upload-extension': {
    text: 'FileExtension is .jpg.',
    cites: 'SMTNT 1.2 (파일 업로드 요청), 3.3.14',
  },
  'upload-interleaved': {
    text: 'A file is finished before the name of the next one is asked for: a chunk does not say whose it is.',
    cites: 'SMTNT 3.3.16',
  },
  'upload-method': {
    text: 'Chunks come by the method that the option uploadMethod names.',
    cites: 'SMTNT 3.1, 3.3.16 (which differ)',
  },
  'upload-packet-size': {
    text: 'The packet of a chunk is at most 2048 bytes, its header line included.',
    cites: 'SMTNT 1.2 (파일 업로드 요청)',
  },
  'upload-chunk-fields': { text: 'A chunk holds Data (text).', cites: 'SMTNT 3.3.16' },
  'upload-chunk-length': { text: 'Data is at most 4096 characters.', cites: 'SMTNT 3.3.16' },
  'upload-chunk-base64': {
    text: 'Data is exact Base64 of at least one byte: padded, no line breaks.',
    cites: 'SMTNT 3.3.16',
  },
  'upload-chunk-first': {
    text: 'A chunk comes after the name of its file was asked for, on the same connection.',
    cites: 'SMTNT 2, 3.3.14',
  },
  'upload-finish-fields': {
    text: 'UploadFileFinishReq holds FileName (text) and FileSize (number) in this order.',
    cites: 'SMTNT 3.3.17',
  },
  'upload-finish-name': {
    text: 'UploadFileFinishReq names the file whose chunks were sent.',
    cites: 'SMTNT 3.3.17, 3.4 (16)',
  },
  'upload-finish-size': {
    text: 'FileSize is the number of bytes of the decoded file.',
    cites: 'SMTNT 3.3.17, 3.4 (910)',
  },
  'upload-file-size': { text: 'A file is at most 1 MByte.', cites: 'SMTNT 1.2, 3.4 (910)' },
  'upload-jpeg': {
    text: 'A file is a JPEG from its SOI to its EOI.',
    cites: 'SMTNT 1.2 (파일 업로드 요청), 3.4 (911)',
  },
  'upload-dimensions': {
    text: 'An image is at most 1024 pixels wide and 768 high.',
    cites: 'SMTNT 1.2 (파일 업로드 요청), 3.4 (910)',
  },
} as const satisfies RuleTable;
