import type { Command } from '../command.js';
import { CONFIG_FLAG, EXIT, isSet, JSON_FLAG } from '../command.js';
import { configOf } from '../session.js';

/** `pabal check` */
export const checkCommand: Command = {
  name: 'check',
  summary: 'validates the configuration, lists every mistake with its path, connects to nothing',
  flags: { ...CONFIG_FLAG, ...JSON_FLAG },
  run: async (given, io) => {
    const config = configOf(given, io);
    const gateways = Object.values(config.gateways).map(({ name, kind, config: block }) => ({
      name,
      protocol: kind.protocol,
      channels: kind.channels(block),
      agents: kind.agents(name, block).map(({ agent }) => agent),
    }));
    if (isSet(given, 'json')) {
      io.out(JSON.stringify({ ok: true, gateways, routes: config.routes, replies: config.replies }));
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
