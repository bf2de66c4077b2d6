/** Every kind of message, in the order in which documents list them. */
export const CHANNELS = ['sms', 'lms', 'mms', 'alimtalk', 'friendtalk', 'rcs'] as const;

/** What a message is to its recipient: short, long or multimedia text, Kakao Alimtalk or FriendTalk, RCS. */
export type Channel = (typeof CHANNELS)[number];

/** `urgent` has queues of its own that are drained first; `normal` and `bulk` share one, normal first. */
export const PRIORITIES = ['urgent', 'normal', 'bulk'] as const;

export type Priority = (typeof PRIORITIES)[number];

/** True for one of {@link CHANNELS}. */
export function isChannel(value: unknown): value is Channel {
  return (CHANNELS as readonly unknown[]).includes(value);
}
