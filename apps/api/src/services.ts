import type { PabalClient } from '@pabal/client';
import type { Clock } from '@pabal/session';
import type { ApiMetrics } from './api-metrics.js';
import type { Deliveries } from './deliveries.js';
import type { FleetReader } from './fleet-reader.js';
import type { Idempotency } from './idempotency.js';
import type { RateLimit } from './rate-limit.js';
import type { Readiness } from './readiness.js';

/** What operations work with. */
export interface Services {
  readonly client: PabalClient;
  readonly fleet: FleetReader;
  readonly idempotency: Idempotency;
  readonly rateLimit: RateLimit;
  readonly webhooks: Pick<Deliveries, 'ask' | 'counts'>;
  readonly metrics: ApiMetrics;
  readonly clock: Clock;
  /** Can this process take messages now? */
  readonly readiness: () => Promise<Readiness>;
  /** Is it told to stop? Then nothing waits any longer. */
  readonly stopping: () => boolean;
}
