import { type SimulatorHandle, startLghvSimulator, startSmtntSimulator } from '@pabal/simulator';
import { agentName, BENCH_LOGIN, REPORT_DELAY_MS } from '../fleet-config.js';
import type { AgentArrivals, ChildSettings, RunningRole } from '../messages.js';
import { monotonicMs } from '../monotonic.js';
import { loadIndexInText } from '../payload.js';

/** A gateway that answers every recipient alike. */
export async function startSimulator(settings: ChildSettings['simulator']): Promise<RunningRole> {
  const simulator = await start(settings);
  return {
    answers: {
      ports: () => simulator.ports,
      answerAfter: (change) => void simulator.configure(change),
      arrivals: () => arrivals(simulator),
      submitted: ({ run, count }) => submitted(simulator, run, count),
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

/** What must be added to a time of the simulators' clock (monotonic, placed on the epoch) for one of {@link monotonicMs}. */
function toMonotonic(): number {
  return monotonicMs() - (performance.timeOrigin + performance.now());
}

function arrivals(simulator: SimulatorHandle): AgentArrivals[] {
  const shift = toMonotonic();
  const { rates } = simulator.stats();
  const submits = simulator.submits();
  return [...new Set(submits.map(({ agent }) => agent))].sort().map((agent) => {
    const its = submits.filter((submit) => submit.agent === agent);
    const rate = rates.find(({ domain }) => domain.split('/').includes(agent));
    if (!rate) throw new Error(`the simulator has no rate of agent ${agent}`);
    return {
      agent,
      at: Float64Array.from(its, ({ at }) => at + shift),
      session: Float64Array.from(its, ({ session }) => session),
      rate,
    };
  });
}

function submitted(simulator: SimulatorHandle, run: string, count: number): Float64Array {
  const shift = toMonotonic();
  const first = new Float64Array(count);
  for (const { at, text } of simulator.submits()) {
    const index = loadIndexInText(run, text);
    if (index !== undefined && first[index] === 0) first[index] = at + shift;
  }
  return first;
}

type Starting = Promise<SimulatorHandle<{ readonly ackDelayMs?: number }>>;

function start({ gateway, agents, grant, seed }: ChildSettings['simulator']): Starting {
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
