import { type SimulatorHandle, startLghvSimulator, startSmtntSimulator } from '@pabal/simulator';
import { agentName, BENCH_LOGIN, GRANTED_RATE } from '../fleet-config.js';
import type { ChildSettings, RunningRole } from '../messages.js';

/** A gateway that grants more than anybody can use and answers every recipient alike. */
export async function startSimulator(settings: ChildSettings['simulator']): Promise<RunningRole> {
  const simulator = await start(settings);
  return {
    answers: {
      ports: () => simulator.ports,
      judge: () => {
        const broken = simulator.violations().map(({ rule, count }) => `${rule} × ${count}`);
        const { accepted } = simulator.stats().counts;
        simulator.reset();
        return { accepted, broken };
      },
    },
    close: () => simulator.close(),
  };
}

function start({ gateway, agents, seed }: ChildSettings['simulator']): Promise<SimulatorHandle> {
  const { user, password } = BENCH_LOGIN;
  const names = Array.from({ length: agents }, (_, i) => agentName(i));
  if (gateway === 'lghv') {
    return startLghvSimulator({
      seed,
      recipients: {},
      tps: { sms: GRANTED_RATE, lms: GRANTED_RATE },
      accounts: [{ userId: user, password, agentIds: names }],
    });
  }
  return startSmtntSimulator({
    seed,
    recipients: {},
    speed: GRANTED_RATE,
    accounts: names.map((bindId) => ({ bindId, password })),
  });
}
