import type { Channel } from './channel.js';

/** The forms in which Kakao sells a message: text alone, with an image, with a wide image. */
export type KakaoMessageForm = 'text' | 'image' | 'wide';

/** What {@link kakaoFormOf} looks at. */
export interface KakaoContent {
  readonly channel: Channel;
  readonly files?: readonly string[] | undefined;
  readonly kakao?:
    | {
        readonly image?: object | undefined;
        readonly wide?: boolean | undefined;
        readonly header?: string | undefined;
        readonly highlight?: object | undefined;
        readonly items?: object | undefined;
      }
    | undefined;
}

/**
 * The form of an Alimtalk or FriendTalk. A FriendTalk has an image when it has a file or `kakao.image`. An Alimtalk's
 * image is that of its template, and `kakao.image` says that there is one; an item list is none of them, with or without
 * an image (LGHV 2.2.7).
 */
export function kakaoFormOf({ channel, files = [], kakao = {} }: KakaoContent): KakaoMessageForm {
  if (channel === 'alimtalk') {
    const itemList = kakao.header !== undefined || kakao.highlight !== undefined || kakao.items !== undefined;
    return kakao.image !== undefined && !itemList ? 'image' : 'text';
  }
  if (files.length === 0 && kakao.image === undefined) return 'text';
  return kakao.wide === true ? 'wide' : 'image';
}
