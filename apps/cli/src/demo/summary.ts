import type { ResultStatus } from '@pabal/message';
import { DEMO_GATEWAYS, type DemoGateway } from './configuration.js';
import type { Journey } from './journey.js';
import type { Stats } from './simulator-admin.js';

type Rate = Stats['rates'][number];

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
    `Failed for   ${tally(reasons) || 'no reason: none failed'}`,
    ...DEMO_GATEWAYS.flatMap((gateway) => gatewayLines(gateway, stats[gateway])),
    `Time         ${seconds(times.lastResult - times.enqueued)} from the first message enqueued to the last result, ${seconds(times.now)} in all`,
  ];
}

function gatewayLines(gateway: DemoGateway, { counts, violations, rates }: Stats): string[] {
  const rules = violations === 0 ? '0 violations' : `${violations} VIOLATIONS`;
  const seen = `${counts.submits} submits, ${counts.accepted} accepted, ${counts.reports} reports, ${rules}`;
  return [`${gateway.padEnd(13)}${seen}`, ...rates.map((rate) => `${' '.repeat(13)}${rateWords(rate)}`)];
}

/** More than the grant can only be the simulator's own doing: it stood still, and then read at once what had come. */
function rateWords({
  domain,
  grant,
  largestSecond,
  largestSecondLagMs,
  largestUndisturbedSecond,
}: Rate): string {
  const most = `${domain}: at most ${largestSecond} in any second, ${grant} granted`;
  if (largestSecond <= grant) return most;
  const stall = `the simulator itself stood still for ${largestSecondLagMs.toFixed(0)} ms`;
  return `${most} (${stall}; at most ${largestUndisturbedSecond} in undisturbed ones)`;
}

/** `delivered 12 · failed 3`, the most frequent first. */
function tally(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([word, count]) => `${word} ${count}`)
    .join(' · ');
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
