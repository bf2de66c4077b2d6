import type { Envelope, KnownPacket } from '@pabal/protocol-smtnt';
import type { Notice } from '@pabal/session';
import { ProtocolError } from '@pabal/wire';
import { plainCodec } from './codecs.js';
import { deliveryReport } from './outcomes.js';

/** What the server sends of its own accord and repeats until it is answered (SMTNT 3.3.8, 3.3.10, 3.3.12). */
export type ServerRequest = Extract<KnownPacket, { method: 'ReportReq' | 'SpamReq' | 'ChangePhoneReq' }>;

/** A notice for the fleet, and the packet that tells the server that it is stored. */
export interface Told {
  readonly notice: Notice;
  readonly answer: KnownPacket;
}

/** Result of an answer: taken. */
const STORED = 0;

/** What a request of the server tells, and how it is answered. */
export function told(request: ServerRequest): Told {
  switch (request.method) {
    case 'ReportReq': {
      const { UserMsgId, UserMsgSubId = '', ServerMsgId = '' } = request.body;
      return {
        notice: { kind: 'report', report: deliveryReport(request.body) },
        answer: { method: 'ReportRes', body: { UserMsgId, UserMsgSubId, ServerMsgId, Result: STORED } },
      };
    }
    case 'SpamReq': {
      const { SpamId, PhoneNo, DenyNo } = request.body;
      return {
        notice: { kind: 'optOut', id: SpamId, recipient: PhoneNo, optOutNumber: DenyNo },
        answer: { method: 'SpamRes', body: { SpamId, PhoneNo, DenyNo, Result: STORED } },
      };
    }
    case 'ChangePhoneReq': {
      const { ServerMsgId, PhoneNo, ChangePhoneNo } = request.body;
      return {
        notice: { kind: 'numberChanged', id: ServerMsgId, from: PhoneNo, to: ChangePhoneNo },
        answer: { method: 'ChangePhoneRes', body: { ServerMsgId, PhoneNo, ChangePhoneNo, Result: STORED } },
      };
    }
    default:
      return request satisfies never;
  }
}

/**
 * A request of the server whose body does not parse: kept raw, and answered with whatever of its ids can be read, so that
 * it does not come again for ever before those behind it. Undefined for any other method.
 * @param packed the compressed packet as it came.
 * @param problem what is wrong, without content.
 */
export function toldUnparsed(envelope: Envelope, packed: Uint8Array, problem: string): Told | undefined {
  const answer = bestAnswer(envelope);
  if (!answer) return undefined;
  return { notice: { kind: 'unparsedReport', raw: Buffer.from(packed).toString('base64'), problem }, answer };
}

/** Reads a request that was kept raw once more; undefined when it still makes no sense. What is kept is never encrypted. */
export function reread(packed: Uint8Array): Notice | undefined {
  try {
    const packet = plainCodec.read(plainCodec.open(packed));
    switch (packet.method) {
      case 'ReportReq':
      case 'SpamReq':
      case 'ChangePhoneReq':
        return told(packet).notice;
      default:
        return undefined;
    }
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}

function bestAnswer({ method, body }: Envelope): KnownPacket | undefined {
  const read = (name: string) => readable(body, name);
  switch (method) {
    case 'ReportReq':
      return {
        method: 'ReportRes',
        body: {
          UserMsgId: read('UserMsgId'),
          UserMsgSubId: read('UserMsgSubId'),
          ServerMsgId: read('ServerMsgId'),
          Result: STORED,
        },
      };
    case 'SpamReq':
      return {
        method: 'SpamRes',
        body: { SpamId: read('SpamId'), PhoneNo: read('PhoneNo'), DenyNo: read('DenyNo'), Result: STORED },
      };
    case 'ChangePhoneReq':
      return {
        method: 'ChangePhoneRes',
        body: {
          ServerMsgId: read('ServerMsgId'),
          PhoneNo: read('PhoneNo'),
          ChangePhoneNo: read('ChangePhoneNo'),
          Result: STORED,
        },
      };
    default:
      return undefined;
  }
}

function readable(body: unknown, name: string): string {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return '';
  const value: unknown = Reflect.get(body, name);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
