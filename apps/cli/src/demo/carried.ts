import { CHANNELS } from '@pabal/message';
import { renderTable } from '../table.js';
import { DEMO_GATEWAYS, type DemoGateway } from './configuration.js';
import type { Journey } from './journey.js';

const NOTHING = '-';

/**
 * What each gateway accepted of each channel, and as which of its packet types (LGHV: DELIVER_TYPE; SMTNT: MsgType): a
 * line a channel. Pure.
 */
export function carriedTable(journeys: readonly Journey[]): string[] {
  const counts = new Map<string, Map<string, number>>();
  for (const { message, submits } of journeys) {
    for (const { gateway, type, verdict } of submits) {
      if (verdict !== 'accepted') continue;
      const key = keyOf(message.channel, gateway);
      const types = counts.get(key) ?? new Map<string, number>();
      counts.set(key, types.set(type, (types.get(type) ?? 0) + 1));
    }
  }
  return renderTable(
    ['channel', ...DEMO_GATEWAYS],
    CHANNELS.map((channel) => [
      channel,
      ...DEMO_GATEWAYS.map((gateway) => cellOf(counts.get(keyOf(channel, gateway)))),
    ]),
  );
}

function keyOf(channel: string, gateway: DemoGateway): string {
  return `${channel} ${gateway}`;
}

/** `7 × 12 · 71 × 3` */
function cellOf(types: ReadonlyMap<string, number> = new Map()): string {
  const sorted = [...types].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  return sorted.map(([type, count]) => `${type} × ${count}`).join(' · ') || NOTHING;
}
