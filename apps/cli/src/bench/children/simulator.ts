import { type SimulatorHandle, startLghvSimulator, startSmtntSimulator } from '@pabal/simulator';
import { agentName, BENCH_LOGIN, REPORT_DELAY_MS } from '../fleet-config.js';
import type { ChildSettings, RunningRole } from '../messages.js';

/** A gateway that answers every recipient alike. */
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

function start({ gateway, agents, grant, seed }: ChildSettings['simulator']): Promise<SimulatorHandle> {
  const { user, password } = BENCH_LOGIN;
  const names = Array.from({ length: agents }, (_, i) => agentName(i));
  if (gateway === 'lghv') {
    return startLghvSimulator({
      seed,
      recipients: {},
      reportDelayMs: REPORT_DELAY_MS,
      tps: { sms: grant, lms: grant },
      accounts: [{ userId: user, password, agentIds: names }],
    });
  }
  return startSmtntSimulator({
    seed,
    recipients: {},
    reportDelayMs: REPORT_DELAY_MS,
    speed: grant,
    accounts: names.map((bindId) => ({ bindId, password })),
  });
}
