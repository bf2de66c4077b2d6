import type { Operation } from '../operation.js';
import { documentationOperations } from './documentation.js';
import { storeFile } from './files.js';
import { listGateways } from './gateways.js';
import { healthz, readyz } from './health.js';
import { cancelMessage, getMessage, sendMessages } from './messages.js';
import { getMetrics } from './metrics.js';
import { acknowledgeResult, acknowledgeResults, listResults } from './results.js';
import { listWebhooks, replayWebhook } from './webhooks.js';

/** What the API does, in the order in which the page lists it. A further operation is a line here. */
const WORKING: readonly Operation[] = [
  sendMessages,
  getMessage,
  cancelMessage,
  storeFile,
  listResults,
  acknowledgeResult,
  acknowledgeResults,
  listWebhooks,
  replayWebhook,
  listGateways,
  healthz,
  readyz,
  getMetrics,
];

/** Every operation: those, and what describes them. */
export const OPERATIONS: readonly Operation[] = [...WORKING, ...documentationOperations(WORKING)];
