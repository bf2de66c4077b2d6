import type { Operation } from '../operation.js';
import { healthz, readyz } from './health.js';
import { cancelMessage, getMessage, sendMessages } from './messages.js';

/** Every operation, in the order in which the page lists them. A further one is a line here. */
export const OPERATIONS: readonly Operation[] = [sendMessages, getMessage, cancelMessage, healthz, readyz];
