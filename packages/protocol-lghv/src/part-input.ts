/** A part of an MMS or of a FriendTalk with an image, in plain words (LGHV 2.2.5). */
export type PartInput = TextPart | ButtonPart | FilePart | KeptImagePart;

export interface TextPart {
  readonly dataType: 't';
  readonly text: string;
}

/** Kakao's buttons as the fragment `"button":[…]`, or an image by its address as `"image":{…}`. */
export interface ButtonPart {
  readonly dataType: 'z';
  readonly text: string;
}

/** An image (i), or another file (e): sound or video. */
export interface FilePart {
  readonly dataType: 'i' | 'e';
  /** 1 to 20 ASCII characters. */
  readonly fileName: string;
  /** At most 11 ASCII characters; empty where the file is never used again. */
  readonly fileKey: string;
  /** At most 300 KB. */
  readonly bytes: Uint8Array;
}

/** An image that the gateway still has: sent within 24 h from this CALLBACK under this name, key and size (LGHV 3.2). */
export interface KeptImagePart {
  readonly dataType: 'i';
  readonly fileName: string;
  /** 1 to 11 ASCII characters. */
  readonly fileKey: string;
  /** Bytes of the image. */
  readonly fileSize: number;
}
