import { isKakao } from './deliver-types.js';

/** What a chosen recipient number makes the gateway answer. */
export interface Outcome {
  /** The code of DELIVER_ACK; accepted where absent. */
  readonly ack?: string;
  /** The code of REPORT; '6' (delivered) where absent, '' for a report that never comes. */
  readonly report?: string;
  /** How many offers of one MSG_ID get `ack` before it is accepted; default every one. */
  readonly times?: number;
  /** Only for Kakao types; an SMS to the same number is delivered. */
  readonly kakao?: boolean;
}

/** The chosen numbers by the last four digits of the recipient. */
export type Outcomes = Readonly<Record<string, Outcome>>;

const REPORT_CODES = [
  '7',
  '8',
  '9',
  '10',
  '11',
  '12',
  '13',
  '14',
  '17',
  '20',
  '21',
  '22',
  '25',
  '26',
  '28',
  '29',
].concat(['30', '31', '32', '40']);
const ACK_CODES = ['1', '3', '7', '12', '16', '17', '28', '29', '30', '31'];

/** Kakao's own codes, in DELIVER_ACK as in REPORT. */
const KAKAO_CODES = Array.from({ length: 48 }, (_, i) => String(100 + i));

/**
 * `00NN`: accepted, then reported with code NN (`0007` dead number, `0008` handset off, `0040` spam).
 * `90NN`: refused with DELIVER_ACK NN (`9012` no credit). `9015`: throttled once (15 with 100 ms), then accepted.
 * `0099`: accepted, never reported. Kakao types only: `0100` to `0147`, accepted and reported with that code;
 * `9100` to `9147`, refused with it.
 */
export const DEFAULT_OUTCOMES: Outcomes = {
  ...Object.fromEntries(REPORT_CODES.map((code) => [`00${code.padStart(2, '0')}`, { report: code }])),
  ...Object.fromEntries(ACK_CODES.map((code) => [`90${code.padStart(2, '0')}`, { ack: code }])),
  ...Object.fromEntries(KAKAO_CODES.map((code) => [`0${code}`, { report: code, kakao: true }])),
  ...Object.fromEntries(KAKAO_CODES.map((code) => [`9${code}`, { ack: code, kakao: true }])),
  '9015': { ack: '15', times: 1 },
  '0099': { report: '' },
};

/** The outcome that the recipient's last four digits choose for a submit of that type. */
export function outcomeOf(outcomes: Outcomes, to: string, type: string): Outcome | undefined {
  const outcome = outcomes[to.slice(-4)];
  return outcome?.kakao && !isKakao(type) ? undefined : outcome;
}
