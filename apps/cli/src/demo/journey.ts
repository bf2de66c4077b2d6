import type { ResultV1 } from '@pabal/message';
import type { DemoGateway } from './configuration.js';
import type { DemoMessage } from './sample.js';
import type { LedgerEntry } from './simulator-admin.js';

/** One submit of a message, as its gateway saw it. */
export interface Submit extends LedgerEntry {
  readonly gateway: DemoGateway;
}

/** What became of one message: what the gateways saw of it, and what its sender was told. */
export interface Journey {
  readonly message: DemoMessage;
  /** Oldest first. */
  readonly submits: readonly Submit[];
  /** Should be exactly one. */
  readonly results: readonly ResultV1[];
}

/** Everything that happened, and what belongs to no message. */
export interface Journeys {
  readonly journeys: readonly Journey[];
  /** Submits of which no result knows. */
  readonly strangers: readonly Submit[];
  /** Ids of results that nobody waited for. */
  readonly unexpected: readonly string[];
}

/** Brings together what both sides saw. A result names the wire ids of its attempts, and so finds them in the ledgers. Pure. */
export function joinJourneys(
  messages: readonly DemoMessage[],
  results: ReadonlyMap<string, readonly ResultV1[]>,
  submits: readonly Submit[],
): Journeys {
  const byWireId = new Map<string, Submit[]>();
  for (const submit of submits) {
    const key = keyOf(submit.gateway, submit.wireId);
    const known = byWireId.get(key);
    if (known) known.push(submit);
    else byWireId.set(key, [submit]);
  }
  const claimed = new Set<string>();
  const journeys = messages.map((message): Journey => {
    const own = results.get(message.id) ?? [];
    const keys = new Set(
      own.flatMap(({ attempts }) => attempts.map(({ gateway, wireId }) => keyOf(gateway, wireId))),
    );
    for (const key of keys) claimed.add(key);
    const seen = [...keys].flatMap((key) => byWireId.get(key) ?? []).sort((a, b) => a.at - b.at);
    return { message, submits: seen, results: own };
  });
  const ids = new Set(messages.map(({ id }) => id));
  return {
    journeys,
    strangers: submits.filter(({ gateway, wireId }) => !claimed.has(keyOf(gateway, wireId))),
    unexpected: [...results.keys()].filter((id) => !ids.has(id)),
  };
}

function keyOf(gateway: string, wireId: string): string {
  return `${gateway} ${wireId}`;
}
