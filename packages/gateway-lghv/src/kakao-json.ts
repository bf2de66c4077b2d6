import type { KakaoPart } from '@pabal/message';

/** BTN_DATA: `"button":[…]`, a member without the braces around it (LGHV 2.2.7); empty without buttons. */
export function buttonData({ buttons = [] }: KakaoPart): string {
  return buttons.length === 0 ? '' : member({ button: buttons });
}

/** DATA of a FriendTalk image that Kakao fetches by its URL: `"image":{…}` (LGHV 2.2.5). */
export function imageData({ url, link }: NonNullable<KakaoPart['image']>): string {
  return member({ image: { img_url: url, img_link: link } });
}

/** EXTEND: one JSON object of what is given, its numbers as text (LGHV 2.2.7); empty when nothing is. */
export function extendData(kakao: KakaoPart): string {
  const { highlight, quickReplies = [] } = kakao;
  const extend = {
    ad_flag: kakao.adFlag === undefined ? undefined : yesOrNo(kakao.adFlag),
    timeout: kakao.timeoutSeconds?.toString(),
    title: kakao.title,
    price: kakao.price?.toString(),
    currency_type: kakao.currency,
    header: kakao.header,
    item_highlight: highlight && { title: highlight.title, description: highlight.description },
    item: kakao.items,
    supplement: quickReplies.length === 0 ? undefined : { quick_reply: quickReplies },
  };
  return Object.values(extend).every((value) => value === undefined) ? '' : JSON.stringify(extend);
}

export function yesOrNo(flag: boolean): 'Y' | 'N' {
  return flag ? 'Y' : 'N';
}

function member(object: object): string {
  return JSON.stringify(object).slice(1, -1);
}
