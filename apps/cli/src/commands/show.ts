import type { MessageTimeline } from '@pabal/client';
import type { ResultV1 } from '@pabal/message';
import { problemLine } from '../failure.js';
import { localTime } from '../local-time.js';
import { renderTable } from '../table.js';

const NOTHING = '-';
const RESULT_HEADING = ['id', 'status', 'reason', 'channel', 'gateway', 'code', 'carrier', 'tries', 'ended'];

function resultCells(result: ResultV1): string[] {
  const { times } = result;
  return [
    result.id,
    result.status,
    result.reason.code,
    result.channel,
    result.gateway ?? NOTHING,
    result.gatewayCode ?? NOTHING,
    result.carrier ?? NOTHING,
    String(result.attempts.length),
    timeOf(times.delivered ?? times.reported ?? times.accepted ?? times.enqueued),
  ];
}

/** Results as a table. A result names no recipient, so there is nothing to mask. */
export function resultTable(results: readonly ResultV1[]): string[] {
  return renderTable(RESULT_HEADING, results.map(resultCells));
}

/** One result in one line, for those that come one by one. */
export function resultLine(result: ResultV1): string {
  const { id, status, reason, channel, gateway, gatewayCode, problems = [] } = result;
  const by =
    gateway === undefined ? '' : ` by ${gateway}${gatewayCode === undefined ? '' : ` (${gatewayCode})`}`;
  const why = problems.map((problem) => ` · ${problemLine(problem)}`).join('');
  return `${id}  ${status}  ${reason.code}: ${reason.message.ko}  ${channel}${by}${why}`;
}

/** Where a message stands, in one line. */
export function standLine({ state, gateway, queue, step, attempt }: MessageTimeline): string {
  const where = gateway ?? queue;
  const at = [
    state + (where === undefined ? '' : ` (${where})`),
    ...(step > 0 ? [`fallback step ${step}`] : []),
    ...(attempt > 1 ? [`attempt ${attempt}`] : []),
  ];
  return at.join(', ');
}

/** A message's whole story. */
export function timelineLines(timeline: MessageTimeline): string[] {
  const { times, attempts, next, result } = timeline;
  const events = [
    ['enqueued', times.enqueued, ''],
    ['scheduled for', times.scheduled, ''],
    ...attempts.map(({ step, channel, gateway, gatewayCode, reason, at }) => [
      step === 0 ? 'attempt' : `attempt, step ${step}`,
      at,
      [
        `${channel} by ${gateway}`,
        ...(gatewayCode === undefined ? [] : [`answered ${gatewayCode}`]),
        ...(reason === undefined ? [] : [reason]),
      ].join(', '),
    ]),
    ['claimed', times.claimed, identity(timeline)],
    ['accepted', times.accepted, ''],
    ['settled', times.settled, result === undefined ? '' : `${result.status}, ${result.reason.code}`],
  ].flatMap(([what = '', at, note = '']) => (at === undefined ? [] : [[localTime(at), what, note]]));
  return [
    `${timeline.id}  ${timeline.channel ?? NOTHING}  ${standLine(timeline)}`,
    ...renderTable(['time', 'event', ''], events).map((line) => `  ${line}`),
    ...(next === undefined
      ? []
      : [
          `  If this fails: ${next.channel}${next.onUnknown === 'send' ? ', also if nobody can say whether it arrived' : ''}`,
        ]),
    ...(result === undefined ? [] : [`  ${result.reason.message.ko} (${result.reason.message.en})`]),
  ];
}

function identity({ gateway, agent, wireId }: MessageTimeline): string {
  if (gateway === undefined) return '';
  return `${gateway}${agent === undefined ? '' : `, agent ${agent}`}${wireId === undefined ? '' : `, wire id ${wireId}`}`;
}

function timeOf(iso: string | undefined): string {
  return iso === undefined ? NOTHING : localTime(iso);
}
