/**
 * Captured bytes explained for a reader: what every byte of a packet means, as far as it can be read. Protocol packages
 * make these; whoever prints them knows no protocol.
 */

/** One frame, or what was left of it. */
export interface ExplainedFrame {
  /** The packet's name in its specification's words: `DELIVER MMS`, `MsgSendReq`. */
  readonly title: string;
  /** Where it begins in the captured bytes. */
  readonly offset: number;
  /** Bytes that belong to it, as far as they are there. */
  readonly size: number;
  readonly fields: readonly ExplainedField[];
  /** Why the explanation ends here; undefined for a whole and intact frame. */
  readonly problem?: ExplainedProblem;
}

/** One field, in the order of the bytes. */
export interface ExplainedField {
  /** The part of the packet: `HEADER`, `BODY`, `DATA 1`. */
  readonly section: string;
  /** The field's name in its specification's own letters. */
  readonly name: string;
  /** Its kind in the specification's words: `20C`, `1C..300C`, `text`. */
  readonly notation: string;
  /**
   * Where it begins and how long it is, padding included: in the captured bytes, or, where they are compressed or
   * encrypted, in what they unpack to ({@link unpacked}).
   */
  readonly offset: number;
  readonly bytes: Uint8Array;
  /** True where `offset` counts in the unpacked text of the frame. */
  readonly unpacked: boolean;
  /** The value in full. May hold what is personal or secret. */
  readonly value: string;
  /** The value as it may be shown to anybody. */
  readonly masked: string;
  /** What a code or a letter means, in English. */
  readonly meaning?: string;
  /** The same in Korean. */
  readonly meaningKo?: string;
  /** Beside it: breaks a rule of the field (`not digits`, `not NUL-padded`), although the frame goes on. */
  readonly note?: string;
}

/** Where and why bytes stop making sense. */
export interface ExplainedProblem {
  /** In the captured bytes. */
  readonly offset: number;
  /** Stable, kebab-case: the reasons of ProtocolError, and `incomplete`. */
  readonly reason: string;
  readonly message: string;
}
