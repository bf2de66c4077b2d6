/** Opens a web page. */
export interface KakaoWebLink {
  readonly type: 'WL';
  readonly name: string;
  readonly url_mobile: string;
  readonly url_pc?: string;
  /** Opens in the browser instead of inside KakaoTalk. */
  readonly target?: 'out';
}

/** Opens an app: at least two of `scheme_android`, `scheme_ios` and `url_mobile`. */
export interface KakaoAppLink {
  readonly type: 'AL';
  readonly name: string;
  readonly scheme_android?: string;
  readonly scheme_ios?: string;
  readonly url_mobile?: string;
  readonly url_pc?: string;
}

/** Hands the chat over to a counsellor (BC) or a bot (BT). */
export interface KakaoChatSwitch {
  readonly type: 'BC' | 'BT';
  readonly name: string;
  readonly chat_extra?: string;
  readonly chat_event?: string;
}

/** Opens a Kakao business form. */
export interface KakaoForm {
  readonly type: 'BF';
  readonly name: string;
  readonly biz_form_id?: number;
  readonly biz_form_key?: string;
}

/** Runs a plugin: secured image (P1), consent (P2), one-click payment (P3). */
export interface KakaoPlugin {
  readonly type: 'P1' | 'P2' | 'P3';
  readonly name: string;
  readonly plugin_id: string;
  readonly relay_id?: string;
  readonly oneclick_id?: string;
  readonly product_id?: string;
}

/** Calls a number. */
export interface KakaoCall {
  readonly type: 'TN';
  readonly name: string;
  readonly tel_number: string;
}

/** A keyword for the bot (BK), or this message passed on to it (MD). */
export interface KakaoBotWord {
  readonly type: 'BK' | 'MD';
  readonly name: string;
}

/** Parcel tracking (DS), or adding the channel (AC). */
export interface KakaoFixed {
  readonly type: 'DS' | 'AC';
  readonly name: string;
}

/** A button in Kakao's own form; field names are Kakao's, so that it goes to the wire as it is. */
export type KakaoButton = KakaoQuickReply | KakaoFixed | KakaoPlugin | KakaoCall;

/** A link below the buttons of an Alimtalk. */
export type KakaoQuickReply = KakaoWebLink | KakaoAppLink | KakaoChatSwitch | KakaoForm | KakaoBotWord;

export interface KakaoItem {
  readonly title: string;
  readonly description: string;
}

/** The list of an item list template, and the sum below it. */
export interface KakaoItems {
  readonly list: readonly KakaoItem[];
  readonly summary?: KakaoItem;
}

/** What a Kakao message (Alimtalk, FriendTalk) carries beside its text. */
export interface KakaoPart {
  /** Sender profile key; required on both Kakao channels. */
  readonly senderKey?: string;
  /** Code of the approved template; required for Alimtalk. A FriendTalk has none, but a gateway may have a place for it. */
  readonly templateCode?: string;
  /** Alimtalk: emphasised title, at most 50 characters. */
  readonly title?: string;
  /** At most 5; 2 beside quick replies or a wide image. */
  readonly buttons?: readonly KakaoButton[];
  /** Shows the legally required marks of a commercial message. */
  readonly adFlag?: boolean;
  /** How long Kakao may try, seconds: 5-30 realtime, 10-86,400 polling. */
  readonly timeoutSeconds?: number;
  /** Default `realtime`. */
  readonly delivery?: 'realtime' | 'push' | 'polling';
  /** Alimtalk: amount named in the message, whole units of `currency`. */
  readonly price?: number;
  /** Alimtalk: ISO 4217, `KRW`. */
  readonly currency?: string;
  /**
   * FriendTalk: an image that Kakao holds (else it is one of `files`), and the page that it opens. Alimtalk: `{}` says
   * that the template has an image; the image itself is the template's.
   */
  readonly image?: { readonly url?: string; readonly link?: string };
  /** FriendTalk: the wide form of the image. */
  readonly wide?: boolean;
  /** Alimtalk: at most 10. */
  readonly quickReplies?: readonly KakaoQuickReply[];
  /** Alimtalk: at most 16 characters above an item list. */
  readonly header?: string;
  /** Alimtalk. */
  readonly items?: KakaoItems;
  /** Alimtalk: title 30, description 19 characters; 21 and 14 beside an image. */
  readonly highlight?: KakaoItem;
  /** Country code of the recipient, digits, `82`. */
  readonly nationCode?: string;
  /** FriendTalk: Kakao's own key of the recipient. */
  readonly userKey?: string;
}
