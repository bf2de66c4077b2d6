import type { AgentStatus, FleetStatus } from '@pabal/fleet';
import { z } from 'zod';
import { operation } from '../operation.js';

const time = z.iso.datetime();

const gateway = z
  .strictObject({
    name: z.string(),
    protocol: z.string(),
    channels: z.array(z.string()).readonly(),
    state: z.enum(['open', 'closed', 'trial']).meta({
      description:
        'open: takes messages; closed: it fails, nothing new is offered; trial: single messages are tried',
    }),
    reason: z.string().optional().meta({ description: 'Why it is closed' }),
    code: z.string().optional().meta({ description: "The gateway's last word, verbatim" }),
    since: time.optional(),
    waitingForReport: z.int().min(0).meta({ description: 'Messages without an answer or a report' }),
    agents: z
      .array(
        z.strictObject({
          account: z.string(),
          agent: z.string(),
          role: z.enum(['send', 'report']),
          owned: z.boolean().meta({ description: 'Does a process own its sessions?' }),
          sessions: z
            .array(
              z.strictObject({
                name: z.string(),
                state: z.string(),
                reason: z.string().optional(),
                inFlight: z.int().min(0),
                window: z.int().min(0),
              }),
            )
            .readonly(),
          rates: z
            .record(z.string(), z.strictObject({ granted: z.number(), used: z.number() }))
            .meta({ description: 'Submits a second by type: granted, and used in the last one' }),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'Gateway', title: 'A gateway of the fleet' });

export const listGateways = operation({
  method: 'GET',
  path: '/v1/gateways',
  id: 'listGateways',
  tag: 'Gateways',
  summary: 'How the gateways stand',
  scope: 'read',
  answers: {
    200: {
      description: 'All gateways of the configuration',
      schema: z.strictObject({ gateways: z.array(gateway).readonly() }),
    },
  },
  problems: [],
  handle: async (_call, { fleet }) => {
    const status = await fleet.status();
    const gateways = fleet.gateways.map(({ name, protocol, channels }) => ({
      name,
      protocol,
      channels,
      ...standingOf(name, status),
      waitingForReport: status.unsettled[name] ?? 0,
      agents: status.agents.filter((agent) => agent.gateway === name).map(agentOf),
    }));
    return { status: 200, body: { gateways } };
  },
});

function standingOf(name: string, { gateways }: FleetStatus): Readonly<Record<string, unknown>> {
  const known = gateways.find(({ gateway: each }) => each === name);
  if (known?.since === undefined) return { state: known?.phase ?? 'open' };
  const { phase, reason, code, since } = known;
  return {
    state: phase,
    reason,
    ...(code === undefined ? {} : { code }),
    since: new Date(since).toISOString(),
  };
}

function agentOf({ account, agent, role, owner, line }: AgentStatus) {
  return {
    account,
    agent,
    role,
    owned: owner !== undefined,
    sessions: (line?.sessions ?? []).map(({ name, state, reason, inFlight, window }) => ({
      name,
      state,
      ...(reason === undefined ? {} : { reason }),
      inFlight,
      window,
    })),
    rates: line?.rates ?? {},
  };
}
