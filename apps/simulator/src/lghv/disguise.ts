import type { Faults } from '../common/index.js';

/**
 * Puts the faults of a header on a packet: a tail that a charset damaged (00 3F 3F), or MSGLEN filled with leading
 * zeros or with spaces. A reader is expected to cope with all of them (LGHV 2.1). Changes `packet` itself.
 */
export function disguise(packet: Buffer, faults: Faults): Buffer {
  if (faults.strike('damagedTail')) packet.fill(0x3f, 6, 8);
  const padded = faults.strike('paddedLength');
  if (padded) {
    const digits = packet.toString('latin1', 1, 5).replace(/\0/g, '');
    packet.write(padded.value === 'space' ? digits.padEnd(4, ' ') : digits.padStart(4, '0'), 1, 4, 'latin1');
  }
  return packet;
}
