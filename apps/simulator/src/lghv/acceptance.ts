import type { LedgerEntry } from '../common/index.js';
import type { Deliver } from './deliver-reader.js';
import { DELIVER_TYPES, typeOf } from './deliver-types.js';
import type { Agent, Gateway } from './gateway.js';
import { outcomeOf } from './outcomes.js';
import { reportOf } from './report-outcome.js';
import { isSameMessage } from './same-message.js';

/** More than this many messages to one recipient within BURST_MS are reported dead (appendix 1, REPORT 17). */
const BURST_LIMIT = 3;
const BURST_MS = 5000;
const THROTTLED_MS = 300;

const OK = '0';
const SYSTEM_ERROR = '1';
const NO_CREDIT = '12';
const THROTTLED = '15';
const DUPLICATE = '17';
/** REPORT's default (appendix 1). */
const UNKNOWN = '20';

/** What DELIVER_ACK will say. */
export interface Decision {
  readonly code: string;
  readonly duplicate: boolean;
  /** MSG_MSEC. */
  readonly microseconds: number;
}

const ACCEPTED: Decision = { code: OK, duplicate: false, microseconds: 0 };
const refusal = (code: string): Decision => ({ code, duplicate: false, microseconds: 0 });

/**
 * Decides about a DELIVER whose rate and fields were judged: the chosen numbers, then duplicate and credit in
 * the configured order, then the recipient's block. A refused one does not use up its MSG_ID.
 */
export function decide(gateway: Gateway, agent: Agent, deliver: Deliver, entry: LedgerEntry): Decision {
  const { settings } = gateway;
  const duplicate = (): Decision | undefined => findDuplicate(gateway, agent, deliver, entry);
  const credit = (): Decision | undefined => (settings.credit === 0 ? refusal(NO_CREDIT) : undefined);
  const first = settings.checkOrder === 'duplicate-first' ? duplicate : credit;
  const second = first === duplicate ? credit : duplicate;
  return (
    scriptedRefusal(gateway) ??
    chosenAck(gateway, agent, deliver, entry) ??
    first() ??
    second() ??
    blocked(gateway, agent, entry) ??
    ACCEPTED
  );
}

/** Records an acceptance, and decides which report it will get. */
export function accept(
  gateway: Gateway,
  agent: Agent,
  entry: LedgerEntry,
  images: Deliver['images'] = [],
): void {
  const { settings, judge } = gateway;
  gateway.takeCredit();
  entry.credit = gateway.settings.credit;
  const burst = isBurst(gateway, agent, entry);
  const keepMs = Math.max(BURST_MS, settings.recipientBlock?.withinMs ?? 0);
  gateway.recipients.add(agent.userId, entry.to, entry.at, keepMs);
  gateway.duplicates.add(agent.userId, entry, settings.duplicateMemoryMs);
  for (const { key, sha256 } of images) {
    gateway.images.keep(agent.userId, key, sha256, entry.at, settings.imageMemoryMs);
  }
  judge.ledger.judge(entry, 'accepted', OK);
  if (burst) judge.violations.add('recipient-burst', `${BURST_LIMIT + 1} within 5 s`, entry.session);
  const withheld = judge.faults.strike('withholdReport') !== undefined;
  const fault = judge.faults.strike('reportCode');
  const chosen = outcomeOf(settings.recipients, entry.to, entry.type)?.report ?? '6';
  const code = burst ? DUPLICATE : fault ? String(fault.value ?? UNKNOWN) : chosen;
  const report = reportOf(entry, code);
  entry.reportCode = withheld ? '' : report.code;
  entry.reportType = report.type;
}

function scriptedRefusal(gateway: Gateway): Decision | undefined {
  const fault = gateway.judge.faults.strike('refuseSubmit');
  return fault && refusal(String(fault.value ?? SYSTEM_ERROR));
}

/** The gateway's stalls may have moved this submit closer to the earlier ones; they are taken off first. */
function isBurst(gateway: Gateway, agent: Agent, entry: LedgerEntry): boolean {
  const { recipients, judge } = gateway;
  if (recipients.count(agent.userId, entry.to, entry.at, BURST_MS) < BURST_LIMIT) return false;
  const lag = judge.lag.within(entry.at - BURST_MS, entry.at);
  return recipients.count(agent.userId, entry.to, entry.at, BURST_MS - 2 * lag) >= BURST_LIMIT;
}

function chosenAck(
  gateway: Gateway,
  agent: Agent,
  deliver: Deliver,
  entry: LedgerEntry,
): Decision | undefined {
  const outcome = outcomeOf(gateway.settings.recipients, deliver.to, deliver.type);
  if (outcome?.ack === undefined) return undefined;
  if (outcome.times !== undefined && gateway.meet(agent.userId, deliver.msgId) >= outcome.times)
    return undefined;
  if (outcome.ack !== THROTTLED) return refusal(outcome.ack);
  const kind = DELIVER_TYPES[typeOf(deliver.type) ?? 'SMS'];
  const microseconds = agent.rates[kind].pause(entry.at, THROTTLED_MS);
  return { code: THROTTLED, duplicate: false, microseconds };
}

function findDuplicate(
  gateway: Gateway,
  agent: Agent,
  deliver: Deliver,
  entry: LedgerEntry,
): Decision | undefined {
  const { settings, judge } = gateway;
  const earlier = gateway.duplicates.find(agent.userId, deliver.msgId, entry.at, settings.duplicateMemoryMs);
  if (!earlier) return undefined;
  if (!isSameMessage(earlier, entry))
    judge.violations.add('msg-id-reused', `first used by submit ${earlier.n}`, entry.session);
  return { code: DUPLICATE, duplicate: true, microseconds: 0 };
}

function blocked(gateway: Gateway, agent: Agent, entry: LedgerEntry): Decision | undefined {
  const { recipientBlock } = gateway.settings;
  if (!recipientBlock) return undefined;
  const { limit, withinMs } = recipientBlock;
  const count = gateway.recipients.count(agent.userId, entry.to, entry.at, withinMs);
  return count >= limit ? refusal(DUPLICATE) : undefined;
}
