/** What a chosen recipient number makes the gateway answer. */
export interface Outcome {
  /** Result of MsgSendRes; accepted where absent. */
  readonly ack?: number;
  /** Result of ReportReq; 0 (delivered) where absent, null for a report that never comes. */
  readonly report?: number | null;
  /** How many offers of one UserMsgId get `ack` before it is accepted; default every one. */
  readonly times?: number;
}

/** The chosen numbers by the last four digits of the recipient. */
export type Outcomes = Readonly<Record<string, Outcome>>;

/** Result codes (SMTNT 3.4) that `9NNN` answers with at once. */
const ACK_CODES = [
  315, 316, 317, 318, 320, 800, 900, 901, 902, 904, 905, 906, 907, 908, 909, 910, 911, 913, 997, 998, 999,
];

/**
 * `00NN` is accepted and then reported with what the other gateway's simulator reports for the same ending, in the
 * codes of SMTNT 3.4; so is `90NN` with what it answers at once. `9NNN` with a code of SMTNT 3.4 over 100 is refused
 * with that code. `9011`, `9015` and `9903` are throttled once, then accepted. `0099` is accepted and never reported.
 */
export const DEFAULT_OUTCOMES: Outcomes = {
  '0006': { report: 6 }, // validity ran out
  '0007': { report: 7 }, // dead number
  '0008': { report: 8 }, // handset off
  '0009': { report: 9 }, // no coverage
  '0010': { report: 20 }, // handset full
  '0011': { report: 14 }, // carrier: the call could not be handled
  '0012': { report: 10 }, // quota exceeded
  '0013': { report: 12 }, // ported out
  '0014': { report: 15 }, // radio network: the handset did not take it
  '0017': { report: 900 }, // too many to one recipient
  '0020': { report: 999 }, // other
  '0021': { report: 33 }, // wrong number of digits
  '0022': { report: 13 }, // exchange unknown: not in the portability database
  '0025': { report: 800 }, // deleted because of its wording
  '0026': { report: 15 }, // handset not supported
  '0028': { report: 316 }, // sender number not registered
  '0029': { report: 315 }, // sender number against the rules
  '0030': { report: 317 }, // sender number registered as forged
  '0031': { report: 318 }, // sender number protected against misuse
  '0032': { report: 997 }, // recipient opted out: filtered by the gateway
  '0040': { report: 17 }, // spam filter of the carrier
  '0099': { report: null },
  ...Object.fromEntries(ACK_CODES.map((code) => [`9${code}`, { ack: code }])),
  '9001': { ack: 4 }, // internal error
  '9003': { ack: 5 }, // malformed
  '9007': { ack: 19 }, // wrong input
  '9011': { ack: 11, times: 1 },
  '9012': { ack: 906 }, // no credit
  '9015': { ack: 903, times: 1 },
  '9016': { ack: 16 }, // no such file
  '9017': { ack: 320 }, // duplicate
  '9028': { ack: 316 },
  '9029': { ack: 315 },
  '9030': { ack: 317 },
  '9031': { ack: 318 },
  '9903': { ack: 903, times: 1 },
};

/** The outcome that the recipient's last four digits choose; undefined for one that gets its message. */
export function outcomeOf(outcomes: Outcomes, phoneNo: string): Outcome | undefined {
  return outcomes[phoneNo.slice(-4)];
}
