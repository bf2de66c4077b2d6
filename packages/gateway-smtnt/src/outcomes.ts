import { type AckMeaning, ackMeaning, type BodyOf, sendCode } from '@pabal/protocol-smtnt';
import type { AckOutcome, DeliveryReport } from '@pabal/session';

/** Over the rate: the gateway counts within one second, so half of one lets enough of it pass. */
const THROTTLE_PAUSE_MS = 500;
/** Refused for the hours although they are open as far as we know: theirs may differ, so ask again now and then. */
const HOURS_PAUSE_MS = 60_000;
/** Not logged in: the session ends at once, so this only keeps the message from the next slot until it has. */
const LOGIN_PAUSE_MS = 1000;

/**
 * How long to pause after an answer that came because of the moment and not because of what was asked, ms; undefined for
 * any other answer.
 * @param untilOpenMs milliseconds until the sending hours begin, 0 within them.
 */
export function notTakenNow(meaning: AckMeaning, untilOpenMs: number): number | undefined {
  switch (meaning) {
    case 'throttled':
      return THROTTLE_PAUSE_MS;
    case 'outsideHours':
      return untilOpenMs > 0 ? Math.min(untilOpenMs, HOURS_PAUSE_MS) : HOURS_PAUSE_MS;
    case 'notLoggedIn':
      return LOGIN_PAUSE_MS;
    case 'accepted':
    case 'duplicate':
    case 'refused':
      return undefined;
    default:
      return meaning satisfies never;
  }
}

/**
 * What the Result of a MsgSendRes means (SMTNT 3.3.7, 3.4). Answers that came because of the moment are throttles: the
 * message was certainly not taken, and it costs it no attempt.
 * @param untilOpenMs milliseconds until the sending hours begin, 0 within them.
 */
export function ackOutcome(result: number, untilOpenMs: number): AckOutcome {
  const code = String(result);
  const meaning = ackMeaning(result);
  const pauseMs = notTakenNow(meaning, untilOpenMs);
  if (pauseMs !== undefined) return { kind: 'throttled', code, pauseMs };
  if (meaning === 'accepted') return { kind: 'accepted', code };
  if (meaning === 'duplicate') return { kind: 'duplicate', code, mayMeanTooOften: false };
  const { certainty, reason, advice } = sendCode(result);
  return { kind: 'refused', code, certainty, reason, advice };
}

/** Whether the answer to a message says that the gateway no longer knows our login. */
export function isLoginLost(result: number): boolean {
  return ackMeaning(result) === 'notLoggedIn';
}

/** A ReportReq in the fleet's words. */
export function deliveryReport(body: BodyOf<'ReportReq'>): DeliveryReport {
  const { certainty, reason } = sendCode(body.Result);
  const deliveredAt = certainty === 'delivered' ? kstTime(body.DeliveryTime ?? '') : undefined;
  return {
    wireId: body.UserMsgId,
    ...(body.PhoneNo ? { recipient: body.PhoneNo } : {}),
    code: String(body.Result),
    certainty,
    reason,
    ...(body.Telecom ? { carrier: body.Telecom } : {}),
    ...(deliveredAt === undefined ? {} : { deliveredAt }),
    ...(body.ServerMsgId ? { gatewayMessageId: body.ServerMsgId } : {}),
  };
}

const TIME = /^(\d{4})-?(\d{2})-?(\d{2})[ T]?(\d{2}):?(\d{2}):?(\d{2})(?:\.(\d{1,3}))?$/;

/**
 * Epoch milliseconds of `2017-07-11 13:43:12.000` in KST (SMTNT 3.3.8), also written without marks; undefined when it is
 * no time.
 */
export function kstTime(text: string): number | undefined {
  const match = TIME.exec(text.trim());
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '0'] = match;
  const time = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0')}+09:00`,
  );
  return Number.isNaN(time) ? undefined : time;
}
