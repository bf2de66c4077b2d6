import { maskNumber, type ResultV1 } from '@pabal/message';
import { problemLine } from '../failure.js';
import { displayWidth, renderTable } from '../table.js';
import { excerpt, withoutNumbers } from './excerpt.js';
import type { Journey, Submit } from './journey.js';

const HEADING = ['id', 'channel', 'to', 'message', 'gateway', 'type', 'ack', 'report', 'result'] as const;
const MESSAGE_COLUMN = 3;
const LEAST_COLUMNS = 8;
const MOST_COLUMNS = 44;
const NOTHING = '-';
/** Before a gateway that was not the first to be offered the message. */
const ELSEWHERE = '→ ';
/** Longest usual result; reasons with a sentence may go beyond the edge. */
const RESULT_COLUMNS = 20;

/** One line a message: where it went and as which packet type, what the gateway answered and reported, how it ended. Pure. */
export function journeyTable(journeys: readonly Journey[], columns: number): string[] {
  const rows = journeys.map(cellsOf);
  const others = HEADING.map((heading, column) =>
    column === MESSAGE_COLUMN
      ? 0
      : Math.max(
          displayWidth(heading),
          ...rows.map((row) => Math.min(RESULT_COLUMNS, displayWidth(row[column] ?? ''))),
        ),
  );
  const gaps = 2 * (HEADING.length - 1);
  const room = columns - gaps - others.reduce((sum, width) => sum + width, 0);
  const width = Math.min(MOST_COLUMNS, Math.max(LEAST_COLUMNS, room));
  return renderTable(
    HEADING,
    rows.map((row) => row.map((cell, column) => (column === MESSAGE_COLUMN ? excerpt(cell, width) : cell))),
  );
}

function cellsOf({ message, submits, results }: Journey): string[] {
  const last = submits.at(-1);
  return [
    message.id,
    message.urgent ? `${message.channel} !` : message.channel,
    maskNumber(message.to),
    withoutNumbers(message.text),
    last ? gatewayCell(submits, last) : NOTHING,
    last?.type ?? NOTHING,
    last ? ackCell(submits, last) : NOTHING,
    last ? reportCell(last) : NOTHING,
    results.length === 1 && results[0] ? resultCell(results[0]) : `${results.length} RESULTS`,
  ];
}

function gatewayCell(submits: readonly Submit[], { gateway }: Submit): string {
  return submits.some((submit) => submit.gateway !== gateway) ? `${ELSEWHERE}${gateway}` : gateway;
}

function ackCell(submits: readonly Submit[], { at, ackedAt, verdict, code, gateway }: Submit): string {
  const offers = submits.filter((submit) => submit.gateway === gateway).length;
  const times = offers > 1 ? ` × ${offers}` : '';
  if (ackedAt === 0) return `${NOTHING}${times}`;
  const answer = verdict === 'accepted' ? `${code}, ${msBetween(at, ackedAt)} ms` : `refused ${code}`;
  return answer + times;
}

function msBetween(from: number, to: number): number {
  return Math.max(0, Math.round(to - from));
}

function reportCell({ reportCode, reportedAt, at }: Submit): string {
  if (reportedAt === 0) return NOTHING;
  return `${reportCode}, ${((reportedAt - at) / 1_000).toFixed(1)} s`;
}

function resultCell({ status, reason, carrier, problems }: ResultV1): string {
  if (status === 'delivered') return carrier === undefined ? status : `${status} (${carrier})`;
  const [problem] = problems ?? [];
  const why: string = reason.code === status ? '' : ` ${reason.code}`;
  return `${status}${why}${problem ? `: ${problemLine(problem)}` : ''}`;
}
