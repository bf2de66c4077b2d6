import iconv from 'iconv-lite';
import type { LghvCipher } from './crypto.js';
import type { DeliverType } from './deliver-types.js';
import { type Charset, firstBadByte, readField } from './fields.js';
import type { Frame } from './frames.js';
import type { ImageKey } from './images.js';
import type { LghvRule } from './rules.js';

/** A DELIVER as far as it could be read; `code` is '0' or the refusal that its fields deserve. */
export interface Deliver {
  type: string;
  msgId: string;
  /** DESTADDR as it came, perhaps encrypted: DELIVER_ACK repeats it. */
  wireTo: string;
  to: string;
  from: string;
  subject: string;
  text: string;
  /** SHA-256 of every file, in order; '' for an image that the gateway no longer has. */
  files: string[];
  /** What else it carries, by the names of the specification; JSON as parsed. */
  extra: Record<string, unknown>;
  /** The images to keep once it is accepted. */
  images: { readonly key: ImageKey; readonly sha256: string }[];
  code: string;
}

/** What a DELIVER is judged with. */
export interface DeliverContext {
  readonly cipher: LghvCipher;
  readonly charset: Charset;
  readonly resellerRequired: boolean;
  breach(rule: LghvRule, detail: string): void;
  /** Something worth knowing that breaks no rule. */
  note(what: string): void;
  /** The SHA-256 of a kept image; undefined where there is none. */
  keptImage(key: ImageKey): string | undefined;
  /** The SHA-256 of what was last sent under this FILE_KEY. */
  contentOf(fileKey: string): string | undefined;
}

/** DELIVER_ACK's code for a field that is wrong (LGHV appendix 1). */
export const FORMAT_ERROR = '3';

/** Walks through the fields of one DELIVER in their order and collects what is found. */
export class DeliverReader {
  readonly type: DeliverType;
  readonly body: Buffer;
  /** MSGLEN as the header says it. */
  readonly declared: number;
  readonly context: DeliverContext;
  readonly deliver: Deliver;
  /** ENCODE as it came, even where the type has no such value. */
  readonly encode: string;
  #at = 0;
  #breaches = 0;

  constructor(
    type: DeliverType,
    { body, declared }: Pick<Frame, 'body' | 'declared'>,
    context: DeliverContext,
  ) {
    this.type = type;
    this.body = body;
    this.declared = declared;
    this.context = context;
    this.encode = body.toString('latin1', 0, 1);
    this.deliver = {
      type,
      msgId: body.length < 25 ? '' : readField(body, 5, 20).value,
      wireTo: '',
      to: '',
      from: '',
      subject: '',
      text: '',
      files: [],
      extra: {},
      images: [],
      code: '0',
    };
  }

  /** How many breaches were told so far. */
  get breaches(): number {
    return this.#breaches;
  }

  /** ENCODE 1, 2 and 9 hide DESTADDR and CALLBACK. */
  get hidesNumbers(): boolean {
    return this.encode === '1' || this.hidesNames;
  }

  /** ENCODE 2 and 9 hide SUBJECT, or SENDER_KEY and TEMPLATE_CODE. */
  get hidesNames(): boolean {
    return this.encode === '2' || this.hidesText;
  }

  /** ENCODE 9 hides the text. */
  get hidesText(): boolean {
    return this.encode === '9';
  }

  /** Counts a breach; the first one decides what DELIVER_ACK says. */
  refuse(rule: LghvRule, detail: string, code = FORMAT_ERROR): void {
    this.#breaches += 1;
    this.refuseSilently(code);
    this.context.breach(rule, detail);
  }

  /** Refuses what breaks no rule. */
  refuseSilently(code: string): void {
    if (this.deliver.code === '0') this.deliver.code = code;
  }

  /** The next field of `size` bytes. */
  field(name: string, size: number): string {
    const value = this.fieldAt(name, this.#at, size);
    this.#at += size;
    return value;
  }

  /** The field at `at`, which leaves the walk where it is. */
  fieldAt(name: string, at: number, size: number): string {
    const { value, padded } = readField(this.body, at, size);
    if (!padded) this.refuse('field-padding', name);
    return value;
  }

  /** The next field, which is not in use. */
  reserved(name: string, size: number): void {
    this.reservedAt(name, this.#at, size);
    this.#at += size;
  }

  reservedAt(name: string, at: number, size: number): void {
    if (this.body.subarray(at, at + size).some((byte) => byte !== 0)) this.refuse('reserved-null', name);
  }

  /** The plain bytes of a value; undefined where it was to be encrypted and is not. */
  reveal(name: string, wire: Buffer, hidden: boolean): Buffer | undefined {
    if (!hidden) return wire;
    const plain = this.context.cipher.decrypt(wire.toString('latin1'));
    if (!plain) this.refuse('encrypted-field', `${name} of ${wire.length} bytes`);
    return plain;
  }

  /** Like `reveal`, for a field that may be empty and is then not encrypted. */
  revealField(name: string, wire: string, hidden: boolean): Buffer | undefined {
    return this.reveal(name, Buffer.from(wire, 'latin1'), hidden && wire !== '');
  }

  /** Domestic text as characters. What is no character of the charset is told and replaced. */
  decode(name: string, plain: Buffer): string {
    const bad = firstBadByte(plain, this.context.charset);
    if (bad >= 0) this.refuse('text-charset', `${name}, byte ${bad}`);
    return iconv.decode(plain, 'cp949');
  }
}
