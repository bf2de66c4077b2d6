import type { ResultStatus } from '@pabal/message';
import { displayWidth } from '../table.js';
import { DEMO_GATEWAYS, type DemoGateway } from './configuration.js';
import type { Journey } from './journey.js';
import type { Stats } from './simulator-admin.js';

type Rate = Stats['rates'][number];

const LABEL_COLUMNS = 13;
const INDENT = ' '.repeat(LABEL_COLUMNS);
/** Columns of what stands behind a label. */
const WORDS_COLUMNS = 85;
const SEPARATOR = ' · ';
/** The note of a submit that named an image which the gateway had, instead of carrying it (LGHV 3.2). */
const IMAGE_REUSED = 'image-reused';

/** Milliseconds since the demo began. */
export interface Times {
  readonly enqueued: number;
  readonly lastResult: number;
  readonly now: number;
}

/** What the table comes to, a line each. Pure. */
export function summarise(
  journeys: readonly Journey[],
  stats: Readonly<Record<DemoGateway, Stats>>,
  times: Times,
): string[] {
  const results = journeys.flatMap((journey) => journey.results);
  const single = journeys.filter((journey) => journey.results.length === 1).length;
  const reasons = results.filter(({ status }) => status === 'failed').map(({ reason }) => reason.code);
  return [
    `Messages     ${journeys.length}, of which ${single} have exactly one result`,
    `Results      ${tally(results.map(({ status }): ResultStatus => status))}`,
    ...labelled('Failed for', reasons.length === 0 ? ['no reason: none failed'] : counted(reasons)),
    ...DEMO_GATEWAYS.flatMap((gateway) => gatewayLines(gateway, stats[gateway])),
    `Time         ${seconds(times.lastResult - times.enqueued)} from the first message enqueued to the last result, ${seconds(times.now)} in all`,
  ];
}

function gatewayLines(gateway: DemoGateway, { counts, violations, rates, notes }: Stats): string[] {
  const reused = notes[IMAGE_REUSED] ?? 0;
  const rules = violations === 0 ? '0 violations' : `${violations} VIOLATIONS`;
  const seen = `${counts.submits} submits, ${counts.accepted} accepted, ${counts.reports} reports, ${rules}`;
  return [
    gateway.padEnd(LABEL_COLUMNS) + seen,
    ...rates.map((rate) => INDENT + rateWords(rate)),
    ...(reused === 0
      ? []
      : [`${INDENT}${reused} images by name alone: the gateway had them from a message before`]),
  ];
}

/** More than the grant can only be the simulator's own doing: it stood still, and then read at once what had come. */
function rateWords({ domain, grant, largestSecond, largestSecondLagMs, largestCertainSecond }: Rate): string {
  const most = `${domain}: at most ${largestSecond} in any second, ${grant} granted`;
  if (largestSecond <= grant) return most;
  const stall = `the simulator stood still for ${largestSecondLagMs.toFixed(0)} ms`;
  return `${most} (${stall}; ${largestCertainSecond} came within a second for certain)`;
}

/** `delivered 12 · failed 3`, the most frequent first. */
function tally(words: readonly string[]): string {
  return counted(words).join(SEPARATOR);
}

function counted(words: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([word, count]) => `${word} ${count}`);
}

/** Behind a label, in as many lines as it takes. */
function labelled(label: string, words: readonly string[]): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const longer = `${lines.at(-1)}${SEPARATOR}${word}`;
    if (lines.length > 0 && displayWidth(longer) <= WORDS_COLUMNS) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line, index) => (index === 0 ? label.padEnd(LABEL_COLUMNS) : INDENT) + line);
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
