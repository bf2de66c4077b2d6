import type { Channel, MessageV1 } from '@pabal/message';
import { FakeClock } from '../clock.js';
import type { LineDeps, PreparedSubmit, SubmitOutcome } from '../gateway.js';
import type { SendLineOptions, SessionSpec } from '../line-options.js';
import { createSendLine } from '../send-line.js';
import { quiet, ScriptedPeer } from './scripted-peer.js';
import { lineDeps, policy, type TextSubmit, textDialect, textSubmit } from './text-dialect.js';

const channels: readonly Channel[] = ['sms', 'lms'];

/** A message of this channel to this recipient. */
export function message(channel: Channel, to: string): MessageV1 {
  return { v: 1, id: 'm', channel, to, from: '0212345678', text: 'x', priority: 'normal' };
}

/** A line over one peer per named session. */
export async function openSendLine(
  options: {
    line?: Partial<SendLineOptions<TextSubmit>>;
    deps?: Partial<LineDeps>;
    names?: readonly string[];
  } = {},
) {
  const clock = new FakeClock();
  const { deps, events } = lineDeps(clock, options.deps);
  const peers = new Map<string, ScriptedPeer>();
  const spec = (name: string): SessionSpec<TextSubmit> => {
    peers.set(name, new ScriptedPeer());
    return { name, channels, dialect: textDialect, endpoint: () => ({ host: name, port: 1 }) };
  };
  const line = createSendLine<TextSubmit>({
    deps,
    sessions: (options.names ?? ['a']).map(spec),
    policy,
    connect: (endpoint) => {
      const peer = peers.get(endpoint.host);
      if (!peer) throw new Error('no such peer');
      return peer.connect(endpoint);
    },
    domainOf: (channel) => (channels.includes(channel) ? channel : undefined),
    prepare: (m, wireId) => textSubmit(wireId, m.channel, m.to),
    ...options.line,
  });
  await quiet();
  const peer = (name = 'a'): ScriptedPeer => {
    const found = peers.get(name);
    if (!found) throw new Error('no such peer');
    return found;
  };
  /** Logs in and waits until the assumed past second is over. */
  const login = async (name = 'a', grants = 'sms=100,lms=10'): Promise<void> => {
    await peer(name).send(`welcome ${grants}\n`);
    clock.advance(2000);
  };
  const prepare = (wireId: string, channel: Channel = 'sms', to = `010${wireId}`): PreparedSubmit =>
    line.prepare(message(channel, to), wireId);
  const write = (wireId: string, channel: Channel = 'sms', to?: string): Promise<SubmitOutcome> => {
    const slot = line.reserve(channel);
    if (!slot) throw new Error('no slot');
    return slot.write(prepare(wireId, channel, to));
  };
  const changes = (): number => events.filter((event) => event.kind === 'changed').length;
  return { clock, line, events, peer, login, prepare, write, changes, spec };
}
