import type { Channel, ResultAttempt, ResultV1 } from '@pabal/message';
import { isChannel, isReasonCode, REASONS, reasonOf } from '@pabal/message';
import type { AttemptRecord, MessageRecord } from './record.js';

/** The result v1 of a settled record. Pure: the same record gives the same result, however often it is published. */
export function composeResult(record: MessageRecord): ResultV1 {
  const { outcome } = record;
  if (!outcome) throw new Error('a result needs a settled record');
  const code = isReasonCode(outcome.reason) ? outcome.reason : 'unknown-code';
  const { ref, userData } = record.meta;
  // A gateway that refused before anything was written stands in no record, but its code does in the outcome.
  const gateway =
    record.gateway ?? (outcome.code === undefined ? undefined : record.attempts.at(-1)?.gateway);
  return {
    v: 1,
    id: record.id,
    ...(ref === undefined ? {} : { ref }),
    status: outcome.status,
    reason: reasonOf(code),
    retryable: outcome.status === 'failed' && REASONS[code].retryable,
    channel: channelOf(record.channel),
    ...(gateway === undefined ? {} : { gateway }),
    ...(outcome.code === undefined ? {} : { gatewayCode: outcome.code }),
    ...(outcome.carrier === undefined ? {} : { carrier: outcome.carrier }),
    attempts: attemptsOf(record),
    times: timesOf(record),
    ...(userData === undefined ? {} : { userData }),
    ...(outcome.problems === undefined ? {} : { problems: outcome.problems }),
  };
}

/** Only messages with a readable channel get a record; anything else would have been refused before. */
function channelOf(channel: string): Channel {
  return isChannel(channel) ? channel : 'sms';
}

function attemptsOf(record: MessageRecord): ResultAttempt[] {
  const settling = settlingAttempt(record);
  const earlier = record.attempts.map((attempt) =>
    attemptOf(attempt === settling ? endedBy(attempt, record) : attempt),
  );
  const { outcome, gateway, wireId } = record;
  const at = record.firstClaimedAt ?? record.claimedAt;
  if (gateway === undefined || wireId === undefined || at === undefined || settling) return earlier;
  return [
    ...earlier,
    {
      channel: channelOf(record.channel),
      gateway,
      wireId,
      ...(outcome?.code === undefined ? {} : { gatewayCode: outcome.code }),
      at: iso(at),
      ...(record.acceptedAt === undefined ? {} : { acceptedAt: iso(record.acceptedAt) }),
      ...(outcome?.by === 'report' && record.settledAt !== undefined
        ? { reportedAt: iso(record.settledAt) }
        : {}),
    },
  ];
}

/** The attempt of an earlier step that got through after all, or that is listed already. */
function settlingAttempt({ attempts, gateway, wireId }: MessageRecord): AttemptRecord | undefined {
  return attempts.find((attempt) => attempt.wireId === wireId && attempt.gateway === gateway);
}

/** An attempt of an earlier step as the late report that settled the message left it. */
function endedBy(attempt: AttemptRecord, { outcome, settledAt }: MessageRecord): AttemptRecord {
  if (outcome?.by !== 'report') return attempt;
  const { code, reason } = outcome;
  return {
    ...attempt,
    reason,
    ...(code === undefined ? {} : { gatewayCode: code }),
    ...(settledAt === undefined ? {} : { reportedAt: settledAt }),
  };
}

function attemptOf(attempt: AttemptRecord): ResultAttempt {
  const { gatewayCode, reason, acceptedAt, reportedAt } = attempt;
  return {
    channel: channelOf(attempt.channel),
    gateway: attempt.gateway,
    wireId: attempt.wireId,
    ...(gatewayCode === undefined ? {} : { gatewayCode }),
    ...(reason === undefined || !isReasonCode(reason) ? {} : { reason }),
    at: iso(attempt.at),
    ...time('acceptedAt', acceptedAt),
    ...time('reportedAt', reportedAt),
  };
}

function timesOf(record: MessageRecord): ResultV1['times'] {
  const { outcome } = record;
  // What was certainly never written was not sent, even if a claim had prepared for it.
  const settling = settlingAttempt(record);
  const written = record.firstClaimedAt ?? settling?.at;
  const sentAt = outcome?.by === 'expiry' || outcome?.by === 'cancel' ? undefined : written;
  return {
    ...time('enqueued', record.enqueuedAt),
    ...time('sent', sentAt),
    ...time('accepted', record.acceptedAt ?? settling?.acceptedAt),
    ...time('delivered', outcome?.deliveredAt),
    ...time('reported', outcome?.by === 'report' ? record.settledAt : undefined),
  };
}

function time<K extends string>(name: K, at: number | undefined): { [P in K]?: string } {
  return at === undefined ? {} : ({ [name]: iso(at) } as { [P in K]: string });
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
