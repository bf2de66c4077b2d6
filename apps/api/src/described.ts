import type { FleetStatus } from '@pabal/fleet';
import { ApiMetrics } from './api-metrics.js';
import type { Family } from './exposition.js';
import { fleetFamilies } from './fleet-metrics.js';
import { codesOf } from './openapi.js';
import { OPERATIONS } from './operations/index.js';
import { redisUp } from './operations/metrics.js';
import { PROBLEMS } from './problem-details.js';
import { webhookFamilies } from './webhook-metrics.js';

/** What `docs/api.md` is made from: all that there is to list. */
export interface DescribedApi {
  readonly operations: readonly {
    readonly method: string;
    readonly path: string;
    readonly scope: string;
    readonly summary: string;
    readonly statuses: readonly number[];
  }[];
  readonly problems: readonly { readonly code: string; readonly status: number; readonly title: string }[];
  readonly metrics: readonly { readonly name: string; readonly type: string; readonly help: string }[];
}

const NO_FLEET: FleetStatus = {
  at: '',
  processes: [],
  gateways: [],
  agents: [],
  queues: [],
  batched: 0,
  unpublished: 0,
  parked: 0,
  unsettled: {},
};

/** Lists operations, problems and metrics. */
export function describedApi(): DescribedApi {
  const families: readonly Family[] = [
    ...new ApiMetrics().families,
    ...webhookFamilies(new Map()),
    redisUp(true),
    ...fleetFamilies(NO_FLEET, { usedShare: 0, skewMs: 0 }),
  ];
  return {
    operations: OPERATIONS.map((operation) => ({
      method: operation.method,
      path: operation.path,
      scope: operation.scope,
      summary: operation.summary,
      statuses: [
        ...new Set([
          ...Object.keys(operation.answers).map(Number),
          ...codesOf(operation).map((code) => PROBLEMS[code].status),
        ]),
      ].sort((a, b) => a - b),
    })),
    problems: Object.entries(PROBLEMS).map(([code, problem]) => ({ code, ...problem })),
    metrics: families.map(({ name, type, help }) => ({ name, type, help })),
  };
}
