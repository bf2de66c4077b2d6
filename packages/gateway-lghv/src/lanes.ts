import { CHANNELS, type Channel } from '@pabal/message';
import type { LghvConfig } from './config.js';

/** Channels of this gateway, and the granted rate (BIND_ACK, LGHV 2.2.2) that each draws from. */
const rateDomains = {
  sms: 'sms',
  lms: 'lms',
  mms: 'mms',
  alimtalk: 'kko', // KKO, KKT, KKM
  friendtalk: 'kkf', // KFT, KFI, KFW
} as const satisfies Partial<Record<Channel, string>>;

export type CarriedChannel = keyof typeof rateDomains;

/** In the order of {@link CHANNELS}. */
export const CARRIED_CHANNELS: readonly CarriedChannel[] = CHANNELS.filter(isCarried);

export function isCarried(channel: Channel): channel is CarriedChannel {
  return Object.hasOwn(rateDomains, channel);
}

/** The rate domain of a channel; undefined when this gateway does not carry it. */
export function domainOf(channel: Channel): string | undefined {
  return isCarried(channel) ? rateDomains[channel] : undefined;
}

const SMS_CHANNELS: readonly Channel[] = ['sms'];
/** No server is named for Kakao: it goes over that for LMS and MMS. */
const MMS_CHANNELS: readonly Channel[] = ['lms', 'mms', 'alimtalk', 'friendtalk'];

/**
 * Channels that a server of this id carries: by the option `servers`, else by its name, since SMS servers are apart from
 * LMS/MMS servers (LGHV 1.3.1, 1.3.2). Empty for a server that nothing is known of.
 */
export function channelsOf(sid: string, servers: LghvConfig['servers']): readonly Channel[] {
  return (servers?.[sid] ?? byName(sid)).filter(isCarried);
}

function byName(sid: string): readonly Channel[] {
  if (/^sms/i.test(sid)) return SMS_CHANNELS;
  return /^mms/i.test(sid) ? MMS_CHANNELS : [];
}

/** Everything that may be sent under this configuration. */
export function carriedChannels(config: Pick<LghvConfig, 'servers'>): readonly Channel[] {
  const named = Object.values(config.servers ?? {}).flat();
  return CARRIED_CHANNELS.filter((channel) => config.servers === undefined || named.includes(channel));
}
