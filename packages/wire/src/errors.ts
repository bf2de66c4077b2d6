/**
 * A value of ours that has no place in its field. The message names the field, the rule, the limit and what was
 * found, never the value itself.
 */
export class FieldError extends Error {
  override readonly name = 'FieldError';
  readonly code = 'field';
  /** The field's name in its packet table. */
  readonly field: string;
  /** Which rule the value breaks, kebab-case and stable: `max-bytes`, `digits`, `unmappable`, … */
  readonly rule: string;
  /** What the rule allows: a number of bytes, a charset, a list of values. */
  readonly limit: number | string;
  /** What was found instead: a number of bytes, a character's code point, a kind of value. */
  readonly actual: number | string;

  constructor(field: string, rule: string, limit: number | string, actual: number | string) {
    super(`${field}: ${rule} allows ${limit}, found ${actual}`);
    this.field = field;
    this.rule = rule;
    this.limit = limit;
    this.actual = actual;
  }
}

/** The peer broke the protocol: its bytes are not what the specification allows. Where framing is lost, the session ends. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code = 'protocol';
  /** Kebab-case and stable: `frame-too-long`, `bad-length`, `field-not-digits`, … */
  readonly reason: string;

  /** @param detail field name, limit and size; never bytes of the peer's content. */
  constructor(reason: string, detail?: string) {
    super(detail === undefined ? reason : `${reason}: ${detail}`);
    this.reason = reason;
  }
}
