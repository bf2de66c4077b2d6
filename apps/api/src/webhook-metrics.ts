import type { WebhookCounts } from '@pabal/webhooks';
import type { Family } from './exposition.js';

/** What became of the deliveries of this process, as metrics. Pure. */
export function webhookFamilies(counts: ReadonlyMap<string, WebhookCounts>): readonly Family[] {
  return [
    {
      name: 'pabal_webhook_deliveries_total',
      type: 'counter',
      help: 'Deliveries by this process, by webhook: delivered; failed, to be tried again; dead, given up.',
      samples: [...counts].flatMap(([webhook, each]) =>
        Object.entries(each).map(([end, value]) => ({ labels: { webhook, end }, value: Number(value) })),
      ),
    },
  ];
}
