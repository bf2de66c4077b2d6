import type { GatewayKind } from '@pabal/session';
import { aesCipher } from './cipher.js';
import { configSchema, type LghvConfig, reportDeadlineMs } from './config.js';
import { rereadReport } from './dialect.js';
import { carriedChannels } from './lanes.js';
import { openReportLine, openSendLine, recipientBurst } from './lines.js';
import { messageProblems } from './problems.js';

/** DELIVER_ACK 17 also means "too often to this recipient"; that passes when the recipient had so long a rest. */
const PROBE_QUIET_MS = 10_000;

/** LG HelloVision MRS 1.1.3: several servers per account, sending and reports on separate connections. */
export const lghv: GatewayKind<LghvConfig> = {
  protocol: 'lghv',
  configSchema,
  agents: (gateway, config) => config.agentIds.map((agent) => ({ gateway, account: config.userId, agent })),
  reportsOn: 'reportLine',
  channels: carriedChannels,
  problems: (message, config, files) =>
    messageProblems(message, config, aesCipher(config.crypto.key, config.crypto.iv), files),
  reportDeadlineMs,
  duplicateMemoryMs: (config) => config.duplicateMemory,
  probeQuietMs: PROBE_QUIET_MS,
  recipientBurst,
  reread: rereadReport,
  openSendLine: (config, deps) => openSendLine(config, deps),
  openReportLine: (config, deps) => openReportLine(config, deps),
};
