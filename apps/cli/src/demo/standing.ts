import { CHANNELS, isChannel, type ResultStatus } from '@pabal/message';
import { bar } from '../progress.js';
import { DEMO_GATEWAYS, type DemoGateway } from './configuration.js';
import type { Stats } from './simulator-admin.js';

const BAR_COLUMNS = 40;

/** How far a demo is. */
export interface Standing {
  readonly total: number;
  /** Messages of each channel, and how many of them have a result. */
  readonly channels: ReadonlyMap<string, { readonly done: number; readonly total: number }>;
  /** Messages that have a result, by its status. */
  readonly results: ReadonlyMap<ResultStatus, number>;
  readonly gateways: Readonly<Record<DemoGateway, Stats>>;
  /** Since the messages were enqueued. */
  readonly elapsedMs: number;
}

/** The standing for a terminal. Pure. */
export function standingBlock(standing: Standing): string[] {
  const { total, channels, results, gateways, elapsedMs } = standing;
  const done = doneOf(results);
  return [
    '',
    `  ${bar(total === 0 ? 1 : done / total, BAR_COLUMNS)} ${done} of ${total} results   ${(elapsedMs / 1_000).toFixed(1)} s`,
    ...DEMO_GATEWAYS.map((gateway) => {
      const { submits, accepted, reports } = gateways[gateway].counts;
      const figures = [`${submits} submitted`, `${accepted} accepted`, `${reports} reported`];
      return `  ${gateway.padEnd(12)}${figures.map((figure) => figure.padEnd(15)).join('')}`.trimEnd();
    }),
    `  ${'channels'.padEnd(12)}${channelWords(channels)}`,
    `  ${'results'.padEnd(12)}${words(results)}`,
  ];
}

/** The standing on one line. Pure. */
export function standingLine({ total, results, gateways, elapsedMs }: Standing): string {
  const sent = DEMO_GATEWAYS.map((gateway) => `${gateway} ${gateways[gateway].counts.submits}`).join(', ');
  return `${(elapsedMs / 1_000).toFixed(0).padStart(3)} s  submitted: ${sent}; results: ${doneOf(results)} of ${total}`;
}

function channelWords(channels: Standing['channels']): string {
  return [...channels].map(([channel, { done, total }]) => `${channel} ${done}/${total}`).join(' · ');
}

/** How far each channel is. Pure. */
export function channelStanding(
  messages: readonly { readonly id: string; readonly channel: string }[],
  done: { has(id: string): boolean },
): Standing['channels'] {
  const channels = new Map<string, { readonly done: number; readonly total: number }>();
  for (const { id, channel } of messages) {
    const known = channels.get(channel) ?? { done: 0, total: 0 };
    channels.set(channel, { done: known.done + (done.has(id) ? 1 : 0), total: known.total + 1 });
  }
  const place = (name: string) => (isChannel(name) ? CHANNELS.indexOf(name) : CHANNELS.length);
  return new Map([...channels].sort(([a], [b]) => place(a) - place(b)));
}

function doneOf(results: Standing['results']): number {
  return [...results.values()].reduce((sum, count) => sum + count, 0);
}

function words(results: Standing['results']): string {
  const known = [...results].filter(([, count]) => count > 0);
  return known.map(([status, count]) => `${status} ${count}`).join(' · ') || 'none yet';
}
