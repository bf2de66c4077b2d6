import type { GatewayKind } from '@pabal/session';
import { configSchema, type SmtntConfig } from './config.js';
import { openLine, problemsOf } from './line.js';
import { CARRIED } from './mapping.js';
import { reread } from './notices.js';

const HOUR_MS = 3_600_000;
/** How long a report is waited for while nobody has said how long messages stay valid. */
const DEFAULT_REPORT_DEADLINE_MS = 72 * HOUR_MS;

/** What is remembered beside a configuration for as long as that exists. */
interface Learnt {
  /** The longest EffectiveTime that a login told, hours. */
  effectiveHours: number | undefined;
}

/** SMTNT one-shot, joined to the fleet. One per process is enough. */
export function createSmtntKind(): GatewayKind<SmtntConfig> {
  const learntOf = new WeakMap<SmtntConfig, Learnt>();

  function learnt(config: SmtntConfig): Learnt {
    const known = learntOf.get(config) ?? { effectiveHours: undefined };
    learntOf.set(config, known);
    return known;
  }

  return {
    protocol: 'smtnt',
    configSchema,
    reportsOn: 'sendLine',
    agents: (gateway, config) =>
      config.accounts.map(({ bindId }) => ({ gateway, account: bindId, agent: bindId })),
    channels: () => CARRIED,
    problems: (message, config, files) => problemsOf(config, message, files),
    /** EffectiveTime and one hour more, as soon as a login of this process has told it (SMTNT 3.3.3). */
    reportDeadlineMs(config, channel) {
      const { reportDeadline } = config;
      const own = typeof reportDeadline === 'object' ? reportDeadline[channel] : reportDeadline;
      if (own !== undefined) return own;
      const { effectiveHours } = learnt(config);
      return effectiveHours === undefined ? DEFAULT_REPORT_DEADLINE_MS : (effectiveHours + 1) * HOUR_MS;
    },
    duplicateMemoryMs: (config) => config.duplicateMemory,
    /** 320 always means the UserMsgId (SMTNT 3.4). */
    probeQuietMs: 0,
    reread,
    openSendLine(config, deps) {
      const account = config.accounts.find(({ bindId }) => bindId === deps.identity.agent);
      if (!account) throw new RangeError('no account of this gateway has this agent');
      const remembered = learnt(config);
      return openLine(config, account, deps, (hours) => {
        remembered.effectiveHours = Math.max(hours, remembered.effectiveHours ?? 0);
      });
    },
  };
}

/** The kind that a process registers. */
export const smtnt: GatewayKind<SmtntConfig> = createSmtntKind();
