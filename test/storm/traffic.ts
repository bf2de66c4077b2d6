import type { MessageInput } from '@pabal/message';
import type { Dice } from './dice.js';

/** One message of a storm, and what its producer does with it besides. */
export interface Shipment {
  readonly input: MessageInput & { readonly id: string };
  /** Enqueued once more after this, ms. */
  readonly repeatAfterMs?: number;
  /** Cancelled after this, ms: sometimes in time, sometimes too late. */
  readonly cancelAfterMs?: number;
}

/** Gateways of a storm, and what each can carry. */
export const GATEWAYS = {
  hellovision: ['sms', 'lms', 'mms', 'alimtalk', 'friendtalk'],
  smtnt: ['sms', 'lms', 'mms', 'alimtalk', 'friendtalk', 'rcs'],
  smtnt2: ['sms', 'lms', 'mms', 'alimtalk', 'friendtalk', 'rcs'],
} as const satisfies Readonly<Record<string, readonly MessageInput['channel'][]>>;

const KINDS = { sms: 50, lms: 12, mms: 10, alimtalk: 14, friendtalk: 5, rcs: 4, chain: 5 } as const;
/** Last four digits that choose an end at both simulators: refused at once, reported as failed, never reported. */
const REFUSED = ['9028', '9016', '9007'] as const;
const REPORTED = ['0007', '0008', '0010', '0013'] as const;
const SILENT = '0099';
const SENDER_KEY = 'a1b2c3d4e5f60718';
const ALIMTALK = { senderKey: SENDER_KEY, templateCode: 'order_01' };

/**
 * The message number `i` of a storm: of every channel, urgent, ordinary and bulk, some with a picture, pinned, scheduled,
 * expiring, refused by their number, some repeated or cancelled. Its id is in each of its texts.
 */
export function shipment(i: number, dice: Dice, files: readonly [string, ...string[]]): Shipment {
  const id = `storm-${i}`;
  const kind = dice.weighted(KINDS);
  const content = contentOf(kind, id, dice, files);
  const end = dice.weighted({ ordinary: 91, refused: 4, reported: 4.6, silent: 0.4 });
  const input: MessageInput & { readonly id: string } = {
    id,
    from: '15881234',
    to: kind === 'chain' ? chained(i, dice) : recipient(i, end, dice),
    ...content,
    ...urgency(dice),
    ...pin(content.channel, dice),
    ...timing(dice),
  };
  return {
    input,
    ...(dice.chance(0.03) ? { repeatAfterMs: dice.between(0, 10_000) } : {}),
    ...(dice.chance(0.04) ? { cancelAfterMs: dice.between(0, 3_000) } : {}),
  };
}

function contentOf(
  kind: keyof typeof KINDS,
  id: string,
  dice: Dice,
  files: readonly [string, ...string[]],
): Pick<MessageInput, 'channel' | 'text' | 'subject' | 'files' | 'kakao' | 'rcs' | 'fallback'> {
  const text = `[${id}] 주문하신 상품이 출고되었습니다.`;
  switch (kind) {
    case 'sms':
      return { channel: 'sms', text };
    case 'lms':
      return { channel: 'lms', subject: '안내', text: `${text}\n${'자세한 내용입니다. '.repeat(20)}` };
    case 'mms':
      return { channel: 'mms', subject: '안내', text, files: [dice.pick(files)] };
    case 'alimtalk':
      return { channel: 'alimtalk', text, kakao: ALIMTALK };
    case 'friendtalk':
      return { channel: 'friendtalk', text, kakao: { senderKey: SENDER_KEY } };
    case 'rcs':
      return {
        channel: 'rcs',
        text,
        rcs: { agencyId: 'agency', brandKey: 'BR.a1B2', agencyKey: 'AK.c3D4', messageBaseId: 'SS000000' },
      };
    case 'chain':
      return {
        channel: 'alimtalk',
        text,
        kakao: ALIMTALK,
        fallback: [{ channel: dice.pick(['sms', 'lms']), text: `[${id}] 둘째` }],
      };
    default:
      return kind satisfies never;
  }
}

/** A number of its own, which no simulator knows unless its end is to be chosen. */
function recipient(i: number, end: 'ordinary' | 'refused' | 'reported' | 'silent', dice: Dice): string {
  switch (end) {
    case 'ordinary':
      // 1000-7999 in the last four digits: neither simulator knows such an ending
      return `010${2000 + (Math.floor(i / 7000) % 2000)}${1000 + (i % 7000)}`;
    case 'refused':
      return `010${5000 + (i % 4000)}${dice.pick(REFUSED)}`;
    case 'reported':
      return `010${5000 + (i % 4000)}${dice.pick(REPORTED)}`;
    case 'silent':
      return `010${5000 + (i % 4000)}${SILENT}`;
    default:
      return end satisfies never;
  }
}

/** Of a chain, often one whose first step fails: by its report, or at once. */
function chained(i: number, dice: Dice): string {
  return recipient(i, dice.weighted({ ordinary: 1, reported: 3 }), dice);
}

function urgency(dice: Dice): Pick<MessageInput, 'priority'> {
  const priority = dice.weighted({ normal: 6, urgent: 1, bulk: 3 });
  return priority === 'normal' ? {} : { priority };
}

function pin(channel: MessageInput['channel'], dice: Dice): Pick<MessageInput, 'gateway'> {
  if (!dice.chance(0.12)) return {};
  const gateway = dice.pick(['hellovision', 'smtnt', 'smtnt2']);
  const carried: readonly string[] = GATEWAYS[gateway];
  return carried.includes(channel) ? { gateway } : {};
}

function timing(dice: Dice): Pick<MessageInput, 'ttlSeconds' | 'sendAt'> {
  if (dice.chance(0.04)) return { ttlSeconds: dice.between(1, 6) };
  if (dice.chance(0.02)) return { sendAt: new Date(Date.now() + dice.between(1_000, 6_000)).toISOString() };
  return {};
}
