import { runReceiver } from '@pabal/receiver';
import { runSender } from '@pabal/sender';
import type { Answered, Answers, Asked, ChildRole, ChildSettings, RunningRole } from '../messages.js';
import { startConsumer } from './consumer.js';
import { startForwarder } from './forwarder.js';
import { startProducer } from './producer.js';
import { startService } from './service.js';
import { startSimulator } from './simulator.js';

/** A sender that drains takes longest. */
const CLOSING_MS = 30_000;

/** What a child process runs, by the word after its file. */
const ROLES: { [R in ChildRole]: (settings: ChildSettings[R]) => RunningRole | Promise<RunningRole> } = {
  producer: startProducer,
  consumer: startConsumer,
  forwarder: startForwarder,
  simulator: startSimulator,
  sender: ({ config }) => startService(() => runSender({ config, withParent: true })),
  receiver: ({ config }) => startService(() => runReceiver({ config, withParent: true })),
};

function tell(message: Answered): void {
  if (process.connected) process.send?.(message);
}

async function main(role: ChildRole, settings: ChildSettings[ChildRole]): Promise<void> {
  const ending = new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('disconnect', () => resolve());
  });
  process.on('SIGINT', () => {}); // a terminal sends it to all of us; the parent decides
  const start = ROLES[role] as (settings: ChildSettings[ChildRole]) => Promise<RunningRole>;
  const running = await start(settings);
  const usage = () => {
    const { user, system } = process.cpuUsage();
    return user + system;
  };
  const answers: Answers = { ...running.answers, usage, memory: () => process.memoryUsage.rss() };
  process.on('message', (message: unknown) => void answer(answers, message as Asked));
  tell({ ready: true });
  await ending;
  // Where the parent died, Redis may have died with it, and a worker waits for that: nobody else would end this process.
  setTimeout(() => process.exit(1), CLOSING_MS).unref();
  await running.close();
  if (process.connected) process.disconnect();
}

async function answer(answers: Answers, { number, question, order }: Asked): Promise<void> {
  try {
    const give = answers[question] as ((order: unknown) => unknown) | undefined;
    if (!give) throw new Error(`this process does not answer ${question}`);
    tell({ number, answer: await give(order) });
  } catch (error) {
    tell({ number, error: error instanceof Error ? error.message : String(error) });
  }
}

const [role, settings] = process.argv.slice(2);
await main(role as ChildRole, JSON.parse(settings ?? 'null') as ChildSettings[ChildRole]);
