import { chars, decimal, digits, type PacketOf, packet, personal, reserved } from '@pabal/wire';

/** DELIVER_ACK, 92 bytes (LGHV 2.2.8). */
export const deliverAck = packet('DELIVER_ACK', [
  chars('result', 5), //   0   5  see deliverAckCodes
  chars('deliverType', 4), //   5   4
  digits('msgId', 20), //   9  20  of the DELIVER
  decimal('msgMsec', 7), //  29   7  over the rate: microseconds to wait
  personal(chars('destAddr', 50)), //  36  50
  reserved('reserved', 6), //  86   6
]);
export type DeliverAck = PacketOf<typeof deliverAck>;
