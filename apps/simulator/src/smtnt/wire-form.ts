import { type Checks, oneOf, orElse, whole, yesOrNo } from './checks.js';

/** How the server writes what its document leaves open, so that a client can be held to reading all of it. */
export interface WireForm {
  /**
   * The line before each packet: `exact` (default) is `Content-Length:<n>`, `space` has a space after the colon,
   * `lowercase` and `uppercase` other letters, `mixed` draws one for each packet.
   */
  readonly headerForm: 'exact' | 'space' | 'lowercase' | 'uppercase' | 'mixed';
  /** The effort of the compression, 0 to 9, or `mixed`, drawn for each packet; default 9, that of the samples. */
  readonly zlibLevel: number | 'mixed';
  /** Writes the numbers of a Body as texts; default false. */
  readonly numbersAsStrings: boolean;
  /** Adds ResultMessage and UserId, which the document does not have, to each Body; default false. */
  readonly extraKeys: boolean;
  /** What the answer to UnBindReq is called; the document prints BindRes over its sample. Default `UnBindRes`. */
  readonly logoutAnswer: 'UnBindRes' | 'BindRes';
  /** The key by which PrivateKeyRes names the key of the connection, or `bare` for a Body that is the key itself. */
  readonly privateKeyField: string;
}

export const DEFAULT_WIRE_FORM: WireForm = {
  headerForm: 'exact',
  zlibLevel: 9,
  numbersAsStrings: false,
  extraKeys: false,
  logoutAnswer: 'UnBindRes',
  privateKeyField: 'PrivateKey',
};

export const WIRE_FORM_CHECKS: Checks<WireForm> = {
  headerForm: oneOf('exact', 'space', 'lowercase', 'uppercase', 'mixed'),
  zlibLevel: orElse('mixed', whole(0, 9)),
  numbersAsStrings: yesOrNo,
  extraKeys: yesOrNo,
  logoutAnswer: oneOf('UnBindRes', 'BindRes'),
  privateKeyField: {
    wanted: 'bare or a name of letters',
    holds: (value) => typeof value === 'string' && /^[A-Za-z]{1,40}$/.test(value),
  },
};
