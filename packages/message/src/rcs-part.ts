import type { JsonObject } from './json.js';

/** What a gateway calls an RCS message: its own message types, prices and limits hang on it. */
export const RCS_TYPES = ['sms', 'lms', 'mms', 'template'] as const;

export type RcsType = (typeof RCS_TYPES)[number];

/** Buttons of one card in the form of the Korean RCS Biz Center: `{ suggestions: [{ action: … }] }`; `{}` for a card without. */
export type RcsButton = JsonObject;

/** What an RCS message carries beside its text. */
export interface RcsPart {
  /** Where absent, derived by `rcsTypeOf`. */
  readonly type?: RcsType;
  /** The message base (format or template), `SS000000`; required on the channel `rcs`. */
  readonly messageBaseId?: string;
  /** One entry a card, at most 10. */
  readonly buttons?: readonly RcsButton[];
  /** True marks a commercial message; it needs a `footer`. */
  readonly header?: boolean;
  /** Opt-out number shown below the text, digits. */
  readonly footer?: string;
  readonly copyAllowed?: boolean;
  readonly agencyId?: string;
  readonly brandKey?: string;
  readonly agencyKey?: string;
}

/** What {@link rcsTypeOf} looks at. */
export interface RcsContent {
  readonly files?: readonly string[] | undefined;
  readonly rcs?:
    | { readonly type?: RcsType | undefined; readonly messageBaseId?: string | undefined }
    | undefined;
}

/**
 * The type of an RCS message: the one that it names; else `mms` with files or a card format (SM…, CM…), `sms` for SS…,
 * `lms` for SL…, and `template` for all others.
 */
export function rcsTypeOf({ files, rcs }: RcsContent): RcsType {
  if (rcs?.type !== undefined) return rcs.type;
  if (files !== undefined && files.length > 0) return 'mms';
  switch (rcs?.messageBaseId?.slice(0, 2)) {
    case 'SM':
    case 'CM':
      return 'mms';
    case 'SS':
      return 'sms';
    case 'SL':
      return 'lms';
    default:
      return 'template';
  }
}
