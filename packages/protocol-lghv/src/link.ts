import { chars, choice, type PacketOf, packet } from '@pabal/wire';
import { encodeFrame } from './header.js';

/** LINK_CHECK, 1 byte (LGHV 2.2.11): the line that it keeps alive. */
export const linkCheck = packet('LINK_CHECK', [choice('code', 1, ['S', 'R'])]);
export type LinkCheck = PacketOf<typeof linkCheck>;

/** LINK_ACK, 5 bytes (LGHV 2.2.12). */
export const linkAck = packet('LINK_ACK', [chars('result', 5)]);
export type LinkAck = PacketOf<typeof linkAck>;

/** A LINK_CHECK frame. */
export function encodeLinkCheck(lineType: 'S' | 'R'): Uint8Array<ArrayBuffer> {
  return encodeFrame('LINK_CHECK', linkCheck, { code: lineType });
}
