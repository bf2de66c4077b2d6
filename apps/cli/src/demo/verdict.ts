import type { DemoGateway } from './configuration.js';
import type { Journey, Journeys, Submit } from './journey.js';
import type { ViolationCount } from './simulator-admin.js';

const NAMED = 5;
/** The report code that says delivered (LGHV appendix 1; SMTNT 3.4). */
const DELIVERED: Readonly<Record<DemoGateway, string>> = { hellovision: '6', smtnt: '0' };

/** What the verdict is about. */
export interface Evidence {
  readonly journeys: Journeys;
  readonly violations: Readonly<Record<DemoGateway, readonly ViolationCount[]>>;
  /** What went wrong on the way, in words. */
  readonly troubles: readonly string[];
}

/** Everything that is not as promised, a line each; empty when all is well. Pure. */
export function judge({
  journeys: { journeys, strangers, unexpected },
  violations,
  troubles,
}: Evidence): string[] {
  return [
    ...named('without a result', journeys.filter(({ results }) => results.length === 0).map(idOf)),
    ...named('with more than one result', journeys.filter(({ results }) => results.length > 1).map(idOf)),
    ...named('accepted more than once', journeys.filter((journey) => acceptances(journey) > 1).map(idOf)),
    ...named('whose result is not what the gateway reported', journeys.filter(contradicts).map(idOf)),
    ...named('with a result though nobody sent it', unexpected),
    ...(strangers.length === 0
      ? []
      : [
          `${count(strangers.length, 'submit')} at a gateway of which no result knows: ${wireIds(strangers)}`,
        ]),
    ...Object.entries(violations).flatMap(([gateway, broken]) =>
      broken.map(({ rule, count: times, cites }) => `${gateway} saw ${rule} broken × ${times} (${cites})`),
    ),
    ...troubles,
  ];
}

function named(what: string, ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  const more = ids.length > NAMED ? `, and ${ids.length - NAMED} more` : '';
  return [`${count(ids.length, 'message')} ${what}: ${ids.slice(0, NAMED).join(', ')}${more}`];
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function wireIds(submits: readonly Submit[]): string {
  return submits
    .slice(0, NAMED)
    .map(({ gateway, wireId }) => `${gateway} ${wireId}`)
    .join(', ');
}

function idOf({ message }: Journey): string {
  return message.id;
}

function acceptances({ submits }: Journey): number {
  return submits.filter(({ verdict }) => verdict === 'accepted').length;
}

function contradicts({ submits, results }: Journey): boolean {
  const reported = submits.findLast(({ reportedAt }) => reportedAt > 0);
  const [result] = results;
  if (!reported || !result) return false;
  return (reported.reportCode === DELIVERED[reported.gateway]) !== (result.status === 'delivered');
}
