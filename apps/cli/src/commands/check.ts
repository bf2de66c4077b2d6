import { ConfigError, type PabalConfig } from '@pabal/runtime';
import type { Command, Given, Io } from '../command.js';
import { CONFIG_FLAG, EXIT, isSet, JSON_FLAG } from '../command.js';
import { configOf } from '../session.js';

/** `pabal check` */
export const checkCommand: Command = {
  name: 'check',
  summary: 'validates the configuration, lists every mistake with its path, connects to nothing',
  flags: { ...CONFIG_FLAG, ...JSON_FLAG },
  run: async (given, io) => {
    const config = checked(given, io);
    if (!config) return EXIT.usage;
    const gateways = Object.values(config.gateways).map(({ name, kind, config: block }) => ({
      name,
      protocol: kind.protocol,
      channels: kind.channels(block),
      agents: kind.agents(name, block).map(({ agent }) => agent),
    }));
    if (isSet(given, 'json')) {
      io.out(
        JSON.stringify({
          ok: true,
          gateways,
          routes: config.routes,
          replies: config.replies,
          webhooks: Object.keys(config.webhooks),
        }),
      );
      return EXIT.done;
    }
    io.out('The configuration is valid.');
    for (const { name, protocol, channels, agents } of gateways) {
      io.out(`  gateway ${name}: ${protocol}, ${channels.join(' ')}, ${agents.length} agent(s)`);
    }
    for (const [name, { gateways: members, policy }] of Object.entries(config.routes)) {
      io.out(`  route ${name}: ${policy} over ${members.join(', ')}`);
    }
    return EXIT.done;
  },
};

/** With --json the mistakes are printed here, and there is no configuration. */
function checked(given: Given, io: Io): PabalConfig | undefined {
  try {
    return configOf(given, io);
  } catch (error) {
    if (!(error instanceof ConfigError && isSet(given, 'json'))) throw error;
    io.out(JSON.stringify({ ok: false, mistakes: error.mistakes }));
    return undefined;
  }
}
