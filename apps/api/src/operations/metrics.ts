import { EXPOSITION_TYPE, exposition, type Family } from '../exposition.js';
import { fleetFamilies } from '../fleet-metrics.js';
import { operation } from '../operation.js';
import type { Services } from '../services.js';
import { webhookFamilies } from '../webhook-metrics.js';

export const getMetrics = operation({
  method: 'GET',
  path: '/metrics',
  id: 'getMetrics',
  tag: 'Operation',
  summary: 'Figures of this process and of the fleet for Prometheus',
  description: 'Also while Redis is away: then `pabal_redis_up` is 0, and figures of the fleet are missing.',
  scope: 'metrics',
  worksWithoutRedis: true,
  answers: {
    200: {
      description: 'In the text format of Prometheus',
      schema: { type: 'string' },
      mediaType: 'text/plain',
    },
  },
  problems: [],
  handle: async (_call, services) => {
    const fleet = await fleetFigures(services);
    const { metrics, webhooks } = services;
    const ours = [...metrics.families, ...webhookFamilies(webhooks.counts())];
    const families = [...ours, redisUp(fleet !== undefined), ...(fleet ?? [])];
    return { status: 200, body: exposition(families), mediaType: EXPOSITION_TYPE };
  },
});

/** Does Redis answer, as a metric. Pure. */
export function redisUp(up: boolean): Family {
  return {
    name: 'pabal_redis_up',
    type: 'gauge',
    help: '1 while Redis answers.',
    samples: [{ value: up ? 1 : 0 }],
  };
}

/** Undefined while Redis is away. */
async function fleetFigures({ fleet, client }: Services): Promise<readonly Family[] | undefined> {
  try {
    const [status, health] = await Promise.all([fleet.status(), client.health()]);
    return fleetFamilies(status, health);
  } catch {
    return undefined; // whatever it is, the figures of this process are due
  }
}
