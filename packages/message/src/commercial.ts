import type { Content } from './message.js';

/** How a text says that it is advertising; spaces before it do not hide it. */
const AD_MARK = /^\s*\(광고\)/;

/** What is known of a commercial message. */
export interface Commercial {
  /** Where its recipient opts out, digits; absent when the message does not say. */
  readonly optOutNumber?: string;
}

/**
 * Recognises a commercial message: one with `ad`, `kakao.adFlag` or `rcs.header`, or whose text or subject begins with
 * (광고). It judges nothing: whether the marks that the law wants are there is for the sender to see to.
 */
export function commercialOf({
  ad,
  kakao,
  rcs,
  subject = '',
  text,
}: Pick<Content, 'ad' | 'kakao' | 'rcs' | 'subject' | 'text'>): Commercial | undefined {
  const marked = ad !== undefined || kakao?.adFlag === true || rcs?.header === true;
  if (!marked && !AD_MARK.test(text) && !AD_MARK.test(subject)) return undefined;
  const optOutNumber = ad?.optOutNumber ?? rcs?.footer;
  return optOutNumber === undefined ? {} : { optOutNumber };
}
