/** DELIVER_ACK, REPORT_ACK, LINK_CHECK (which has two forms only) and LINK_ACK, laid out by hand (LGHV 2.2.8 to 2.2.12). */
import { deliverAck } from './deliver-ack.js';
import { encodeFrame } from './header.js';
import { encodeLinkCheck, linkAck } from './link.js';
import { encodeReportAck } from './report.js';
import { checkVectors, field, type GoldenVector, header, times } from './testing/golden.js';

const accepted = { result: '0', deliverType: 'KKT', msgId: '42', msgMsec: 0, destAddr: '01012345678' };
const tooFast = {
  result: '15',
  deliverType: 'SMS',
  msgId: '20251122000000000001',
  msgMsec: 250_000,
  destAddr: '01012345678',
};
// No DELIVER_TYPE has four letters; its field has room for them.
const fullAck = {
  result: '99999',
  deliverType: 'KFIX',
  msgId: '9'.repeat(20),
  msgMsec: 9_999_999,
  destAddr: '1'.repeat(50),
};

const vectors: readonly GoldenVector[] = [
  {
    name: 'DELIVER_ACK (2.2.8)',
    rows: [
      ...header('44', '3932'), // D, 92
      field('30', 5), // RESULT 0
      field('4b4b54', 4), // DELIVER_TYPE KKT
      field('3432', 20), // MSG_ID 42
      field('30', 7), // MSG_MSEC 0
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('', 6), // RESERVED
    ],
    encode: () => encodeFrame('DELIVER_ACK', deliverAck, accepted),
    packet: { type: 'deliverAck', values: accepted },
  },
  {
    name: 'DELIVER_ACK that tells how long to wait (2.2.8)',
    rows: [
      ...header('44', '3932'), // D, 92
      field('3135', 5), // RESULT 15
      field('534d53', 4), // DELIVER_TYPE SMS
      field('3230323531313232303030303030303030303031', 20), // MSG_ID 20251122000000000001
      field('323530303030', 7), // MSG_MSEC 250000
      field('3031303132333435363738', 50), // DESTADDR 01012345678
      field('', 6), // RESERVED
    ],
    encode: () => encodeFrame('DELIVER_ACK', deliverAck, tooFast),
    packet: { type: 'deliverAck', values: tooFast },
  },
  {
    name: 'DELIVER_ACK with every field full (2.2.8)',
    rows: [
      ...header('44', '3932'), // D, 92
      field('3939393939', 5), // RESULT 99999
      field('4b464958', 4), // DELIVER_TYPE KFIX
      field(times('39', 20), 20), // MSG_ID 99999999999999999999
      field('39393939393939', 7), // MSG_MSEC 9999999
      field(times('31', 50), 50), // DESTADDR
      field('', 6), // RESERVED
    ],
    encode: () => encodeFrame('DELIVER_ACK', deliverAck, fullAck),
    packet: { type: 'deliverAck', values: fullAck },
  },
  {
    name: 'REPORT_ACK (2.2.10)',
    rows: [
      ...header('52', '3332'), // R, 32
      field('30', 5), // RESULT 0
      field('3432', 20), // MSG_ID 42
      field('', 7), // RESERVED
    ],
    encode: () => encodeReportAck('42'),
    packet: { type: 'reportAck', values: { msgId: '42' } },
  },
  {
    name: 'REPORT_ACK with a full MSG_ID (2.2.10)',
    rows: [
      ...header('52', '3332'), // R, 32
      field('30', 5), // RESULT 0
      field('3230323531313232303030303030303030303031', 20), // MSG_ID 20251122000000000001
      field('', 7), // RESERVED
    ],
    encode: () => encodeReportAck('20251122000000000001'),
    packet: { type: 'reportAck', values: { msgId: '20251122000000000001' } },
  },
  {
    name: 'REPORT_ACK with the shortest MSG_ID (2.2.10)',
    rows: [
      ...header('52', '3332'), // R, 32
      field('30', 5), // RESULT 0
      field('30', 20), // MSG_ID 0
      field('', 7), // RESERVED
    ],
    encode: () => encodeReportAck('0'),
    packet: { type: 'reportAck', values: { msgId: '0' } },
  },
  {
    name: 'LINK_CHECK S (2.2.11)',
    rows: [
      ...header('6c', '31'), // l, 1
      field('53', 1), // CODE S
    ],
    encode: () => encodeLinkCheck('S'),
    packet: { type: 'linkCheck', values: { code: 'S' } },
  },
  {
    name: 'LINK_CHECK R (2.2.11)',
    rows: [
      ...header('6c', '31'), // l, 1
      field('52', 1), // CODE R
    ],
    encode: () => encodeLinkCheck('R'),
    packet: { type: 'linkCheck', values: { code: 'R' } },
  },
  {
    name: 'LINK_ACK (2.2.12)',
    rows: [
      ...header('4c', '35'), // L, 5
      field('30', 5), // RESULT 0
    ],
    encode: () => encodeFrame('LINK_ACK', linkAck, { result: '0' }),
    packet: { type: 'linkAck', values: { result: '0' } },
  },
  {
    name: 'LINK_ACK of an error (2.2.12)',
    rows: [
      ...header('4c', '35'), // L, 5
      field('31', 5), // RESULT 1
    ],
    encode: () => encodeFrame('LINK_ACK', linkAck, { result: '1' }),
    packet: { type: 'linkAck', values: { result: '1' } },
  },
  {
    name: 'LINK_ACK with a full RESULT (2.2.12)',
    rows: [
      ...header('4c', '35'), // L, 5
      field('3939393939', 5), // RESULT 99999
    ],
    encode: () => encodeFrame('LINK_ACK', linkAck, { result: '99999' }),
    packet: { type: 'linkAck', values: { result: '99999' } },
  },
];

checkVectors(vectors);
