import {
  decodeText,
  type Field,
  type FieldTable,
  firstBytes,
  type Remarks,
  type TextOptions,
  toLatin1,
} from '@pabal/wire';
import { bind } from './bind.js';
import { type Cipher, unseal } from './cipher.js';
import { CONTENTS_TYPES, type ContentsType } from './contents-type.js';
import { hasParts } from './deliver-header-reader.js';
import { deliverMms } from './deliver-mms.js';
import { deliverPart } from './deliver-parts.js';
import { meaningOf } from './explain-meanings.js';
import { header } from './header.js';
import { sealedFields } from './open-deliver.js';

/** A field to be remarked on, and what is known around it. */
export interface Remarked {
  readonly table: FieldTable;
  readonly row: Field;
  readonly value: unknown;
  /** Of the fields before it in its table. */
  readonly values: Readonly<Record<string, unknown>>;
  /**
   * Of the whole frame: what fields of its other tables look at. Every remark adds its own value; DELIVER_TYPE, which
   * comes late, and `intactTail` are there from the start.
   */
  readonly seen: Record<string, unknown>;
  readonly text: TextOptions;
  readonly cipher?: Cipher | undefined;
}

const SEALED = { meaning: 'encrypted', meaningKo: '암호화됨' } as const;
const OPENED = { meaning: 'encrypted; shown decrypted', meaningKo: '암호화됨 (복호화하여 표시)' } as const;

/** What a field's letters mean, what is behind its encryption, and which rule of its packet it breaks. */
export function remarksOf(field: Remarked): Remarks {
  const { row, seen, table, value } = field;
  if (table !== deliverPart) seen[row.name] ??= value;
  if (table === deliverPart && row.name === 'data') return dataRemarks(field);
  if (isSealed(field)) return sealedRemarks(field);
  return { ...meaningRemarks(field), ...ruleRemarks(field) };
}

function meaningRemarks({ row, seen, table, value }: Remarked): Remarks {
  if (typeof value !== 'string') return {};
  const deliverType = typeof seen.deliverType === 'string' ? seen.deliverType : undefined;
  const meaning = meaningOf(table.name, row.name, value, deliverType);
  return meaning ? { meaning: meaning.en, meaningKo: meaning.ko } : {};
}

function isSealed({ row, seen, table }: Remarked): boolean {
  const { deliverType, encode } = seen;
  if (table === bind) return row.name === 'userPwd' && encode === '1';
  if (typeof deliverType !== 'string' || typeof encode !== 'string') return false;
  return isDeliver(table) && sealedFields(deliverType, encode).includes(row.name);
}

function isDeliver(table: FieldTable): boolean {
  return table.rows.some((row) => row.name === 'encode') && table !== bind;
}

/** An encrypted field is shown in plain words where the key is given, and as it stands where it is not. */
function sealedRemarks({ cipher, row, seen, text, value }: Remarked): Remarks {
  if (typeof value !== 'string' || value === '') return {};
  if (!cipher) return SEALED;
  const international = seen.gubun === '3';
  const opened = openText(value, cipher, international ? 'utf-8' : text.charset);
  if (opened === undefined) return { ...SEALED, note: 'does not decrypt under this key' };
  const plain = international ? opened.replace(/\0$/, '') : opened;
  return { ...OPENED, value: plain, masked: String(row.show(plain, row.masking)) };
}

function openText(sealed: string, cipher: Cipher, charset: TextOptions['charset']): string | undefined {
  try {
    return decodeText(unseal(sealed, cipher), charset);
  } catch {
    // Whatever the cipher or Base64 says, the reader learns that it is not readable.
    return undefined;
  }
}

/** DATA is a text or a file, by DATATYPE. A file is told by its size and its first bytes. */
function dataRemarks(field: Remarked): Remarks {
  const { cipher, seen, text, value, values } = field;
  if (!(value instanceof Uint8Array)) return {};
  const { dataType, fileSize } = values;
  if (dataType !== 't' && dataType !== 'z') {
    if (value.length === 0 && Number(fileSize) > 0) {
      const meaning = {
        meaning: 'an image that the gateway still has',
        meaningKo: '기존 전송 이미지 재사용',
      };
      return { ...meaning, value: '', masked: '' };
    }
    return { value: `${value.length} bytes: ${firstBytes(value)}` };
  }
  if (dataType === 't' && seen.encode === '9') {
    if (!cipher) return { ...SEALED, value: toLatin1(value), masked: counted(value.length) };
    const opened = openText(toLatin1(value), cipher, text.charset);
    if (opened === undefined) {
      return { ...SEALED, value: toLatin1(value), note: 'does not decrypt under this key' };
    }
    return { ...OPENED, value: opened, masked: counted(opened.length) };
  }
  const plain = decodeText(value, text.charset);
  return { value: plain, masked: counted(plain.length) };
}

function counted(characters: number): string {
  return `(${characters} characters)`;
}

function ruleRemarks({ row, seen, table, value, values }: Remarked): Remarks {
  if (table === header && row.name === 'tail') {
    return { note: seen.intactTail === true ? undefined : 'not 00 FE FF' };
  }
  if (table === header && row.name === 'msgLen') {
    const { deliverType, msgType } = seen;
    const before = msgType === 'd' && value === deliverMms.fixedSize && hasParts(String(deliverType));
    return before
      ? { meaning: 'counts what stands before the parts', meaningKo: '반복영역 앞까지의 길이' }
      : {};
  }
  if (table === deliverPart && row.name === 'dataType') return partRemarks(value, seen.contentsType);
  if (table === deliverPart && row.name === 'fileName') {
    const bare = values.dataType === 't' || values.dataType === 'z';
    return bare && value !== '' ? { note: 'not NUL in a text or button part' } : {};
  }
  return {};
}

/** CONTENTS_TYPE must name what the parts are (LGHV appendix 2). */
function partRemarks(dataType: unknown, contentsType: unknown): Remarks {
  const content = dataType === 't' ? 'text' : dataType === 'i' ? 'image' : undefined;
  if (content === undefined || typeof contentsType !== 'string') return {};
  if (!Object.hasOwn(CONTENTS_TYPES, contentsType)) return {};
  const named: readonly string[] = CONTENTS_TYPES[contentsType as ContentsType];
  return named.includes(content) ? {} : { note: `CONTENTS_TYPE ${contentsType} has no ${content}` };
}
