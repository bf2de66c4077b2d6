import { decodeText, type TextOptions, toLatin1 } from '@pabal/wire';
import { type Cipher, unseal } from './cipher.js';
import type { DeliverKakao, DeliverKko } from './deliver-kakao.js';
import type { DeliverLms } from './deliver-lms.js';
import type { DeliverKakaoImage, DeliverMms } from './deliver-mms.js';
import type { DeliverPart } from './deliver-parts.js';
import type { DeliverInternationalSms, DeliverSms } from './deliver-sms.js';

/** A decoded DELIVER whose fields may be encrypted. */
export type AnyDeliver =
  | ({ readonly deliverType: 'SMS' } & (DeliverSms | DeliverInternationalSms))
  | ({ readonly deliverType: 'LMS' } & DeliverLms)
  | ({ readonly deliverType: 'MMS' } & DeliverMms)
  | DeliverKakaoImage
  | ({ readonly deliverType: 'KKO' } & DeliverKko)
  | DeliverKakao;

/** Fields beside the numbers that ENCODE 2, and then 9, encrypt. */
const SEALED_FIELDS = {
  SMS: { 2: [], 9: ['text'] },
  LMS: { 2: ['subject'], 9: ['text'] },
  MMS: { 2: ['subject'], 9: [] },
  KFI: { 2: ['senderKey'], 9: [] },
  KFW: { 2: ['senderKey'], 9: [] },
  KKO: { 2: ['senderKey', 'templateCode'], 9: ['text'] },
  KKT: { 2: ['senderKey', 'templateCode'], 9: ['text'] },
  KKM: { 2: ['senderKey', 'templateCode'], 9: ['text'] },
  KFT: { 2: ['senderKey', 'templateCode'], 9: ['text'] },
} as const satisfies Record<AnyDeliver['deliverType'], Record<2 | 9, readonly string[]>>;

/** Names of the fields that are encrypted in a DELIVER of this type; texts among its parts come under ENCODE 9 too. */
export function sealedFields(deliverType: string, encode: string): readonly string[] {
  if (encode !== '1' && encode !== '2' && encode !== '9') return [];
  if (!Object.hasOwn(SEALED_FIELDS, deliverType)) return [];
  const beyond = SEALED_FIELDS[deliverType as AnyDeliver['deliverType']];
  return ['destAddr', 'callback', ...(encode === '1' ? [] : beyond[2]), ...(encode === '9' ? beyond[9] : [])];
}

/**
 * The same DELIVER with its encrypted fields in plain words.
 * @throws ProtocolError where a field does not decrypt.
 */
export function openDeliver<D extends AnyDeliver>(deliver: D, cipher: Cipher, text: TextOptions): D {
  if (deliver.encode === '0') return deliver;
  const international = deliver.gubun === '3';
  const opened: Record<string, unknown> = { ...deliver };
  for (const field of sealedFields(deliver.deliverType, deliver.encode)) {
    const sealed = opened[field];
    if (typeof sealed !== 'string' || sealed === '') continue;
    const plain = decodeText(unseal(sealed, cipher), international ? 'utf-8' : text.charset);
    // The final NUL of an international text is encrypted with it.
    opened[field] = international ? plain.replace(/\0$/, '') : plain;
  }
  if ('parts' in deliver && deliver.encode === '9') {
    opened.parts = deliver.parts.map((part) => openPart(part, cipher));
  }
  return opened as D;
}

/** Only texts are encrypted, never what is attached. */
function openPart(part: DeliverPart, cipher: Cipher): DeliverPart {
  if (part.dataType !== 't' || part.data.length === 0) return part;
  return { ...part, data: unseal(toLatin1(part.data), cipher) };
}
