import type { Random } from '../common/index.js';
import { encryptBody } from './crypto.js';
import { encodeFrame, type FrameStyle } from './frames.js';
import { isObject } from './packets.js';
import { isSealed, type Sealing } from './sealing.js';
import type { WireForm } from './wire-form.js';

/** A packet of the server before it is written: how depends on the connection that it leaves by. */
export interface ServerPacket {
  readonly method: string;
  /** Absent where the packet has none. */
  readonly body?: unknown;
}

/** The line before a packet up to its length, by the form that was asked for. */
const PREFIXES = {
  exact: 'Content-Length:',
  space: 'Content-Length: ',
  lowercase: 'content-length:',
  uppercase: 'CONTENT-LENGTH:',
} as const;

/** What the document does not have and real servers add. */
const EXTRA_KEYS = { ResultMessage: '', UserId: 'gateway' } as const;

/** The bytes of a packet, its Body encrypted where the connection asks for that. */
export function encodePacket(
  packet: ServerPacket,
  sealing: Sealing | undefined,
  form: WireForm,
  random: Random,
): Buffer {
  const style: FrameStyle = {
    prefix: form.headerForm === 'mixed' ? drawn(Object.values(PREFIXES), random) : PREFIXES[form.headerForm],
    level: form.zlibLevel === 'mixed' ? Math.floor(random() * 10) : form.zlibLevel,
  };
  const header = { Method: packet.method };
  if (packet.body === undefined) return encodeFrame({ Header: header }, style);
  const body = packet.method === 'PrivateKeyRes' ? packet.body : dressed(packet.body, form);
  const sealed = sealing && isSealed(sealing, packet.method);
  return encodeFrame({ Header: header, Body: sealed ? encryptBody(body, sealing.crypto) : body }, style);
}

/** The Body with what the form adds to it. */
function dressed(body: unknown, form: WireForm): unknown {
  if (!isObject(body)) return body;
  const whole = form.extraKeys ? { ...body, ...EXTRA_KEYS } : body;
  if (!form.numbersAsStrings) return whole;
  const entries = Object.entries(whole).map(([name, value]) => [
    name,
    typeof value === 'number' ? String(value) : value,
  ]);
  return Object.fromEntries(entries) as unknown;
}

function drawn<T>(choices: readonly T[], random: Random): T {
  return choices[Math.floor(random() * choices.length)] as T;
}
