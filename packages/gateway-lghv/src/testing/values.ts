/** Values that the tests of this package share. */
import type { MessageV1 } from '@pabal/message';
import { decodeFrame, type LghvPacket } from '@pabal/protocol-lghv';
import type { AttachedFile } from '@pabal/session';
import { aesCipher } from '../cipher.js';
import { configSchema, type LghvConfig } from '../config.js';
import { deliverFrame } from '../mapping.js';
import type { ImagePart } from '../mapping-mms.js';

/** Of the key and IV in {@link blockOf}. */
export const cipher = aesCipher('0123456789abcdef', 'fedcba9876543210');
export const textOptions = { charset: 'cp949', unmappable: 'reject' } as const;
const HEADER_BYTES = 8;

/** A block of the configuration as it stands in the file. */
export function blockOf(change: object = {}): object {
  return {
    protocol: 'lghv',
    grantUrl: 'http://127.0.0.1:8480/goGrant',
    userId: 'demo',
    agentId: 'S1',
    password: 'pw1234',
    crypto: { key: '0123456789abcdef', iv: 'fedcba9876543210' },
    ...change,
  };
}

export function configOf(change: object = {}): LghvConfig {
  return configSchema.parse(blockOf(change));
}

export function messageOf(change: Partial<MessageV1> = {}): MessageV1 {
  return {
    v: 1,
    id: 'order-1',
    channel: 'sms',
    to: '01012345678',
    from: '0212345678',
    text: '주문하신 상품이 발송되었습니다',
    priority: 'normal',
    ...change,
  };
}

/** A file as the store keeps it; the same fill and size are the same file. */
export function fileOf(fill = 1, bytes = 1000): AttachedFile {
  return { id: `file-${fill}-${bytes}`, bytes: new Uint8Array(bytes).fill(fill), width: 176, height: 144 };
}

/** The frame of a message under a configuration with these changes. */
export function frameOf(
  message: MessageV1,
  change: object = {},
  images: readonly ImagePart[] = [],
): Uint8Array {
  return deliverFrame(message, '00000000000000000042', configOf(change), cipher, images);
}

/** What stands in that frame. */
export function packetOf(
  message: MessageV1,
  change: object = {},
  images: readonly ImagePart[] = [],
): LghvPacket {
  const frame = frameOf(message, change, images);
  const [header, body] = [frame.subarray(0, HEADER_BYTES), frame.subarray(HEADER_BYTES)];
  return decodeFrame({ header, body }, textOptions);
}
