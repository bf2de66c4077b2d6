import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Io } from '../command.js';
import { CliFailure } from '../failure.js';
import { Batch } from './batch.js';
import { explainPackets } from './captured.js';
import { carriedTable } from './carried.js';
import type { PabalChild } from './child.js';
import { DEMO_GATEWAYS, type DemoGateway, ENCRYPTED } from './configuration.js';
import { type Surroundings, setSurroundings, startFleet } from './fleet.js';
import { HttpDoor } from './http-door.js';
import { Interrupted, interrupted } from './interruption.js';
import { joinJourneys } from './journey.js';
import { journeyTable } from './journey-table.js';
import { keepWords } from './keep.js';
import { LiveView } from './live-view.js';
import { readPictures } from './pictures.js';
import { type DemoMessage, readSample } from './sample.js';
import { Stage } from './stage.js';
import { channelStanding, standingBlock, standingLine } from './standing.js';
import { summarise } from './summary.js';
import { Tally } from './tally.js';
import { judge } from './verdict.js';

const SAMPLE = fileURLToPath(new URL('../../../../examples/messages.jsonl', import.meta.url));
/** What the messages of a sample may name in `files`. */
const PICTURES = fileURLToPath(new URL('../../../../examples/pictures/', import.meta.url));
/** Longest wait for the last result. */
const RESULTS_MS = 60_000;
/** A result that came twice would have come within this. */
const QUIET_MS = 2_000;
const LOOK_MS = 150;
/** Table width where there is no terminal to ask. */
const PLAIN_COLUMNS = 120;
const INTERRUPTED_EXIT = 130;
const LEGEND = [
  '',
  "(! urgent. → offered elsewhere before. type: the gateway's own name of the packet.",
  "ack, report: the gateway's own code and how long after the submit.)",
  '',
];

export interface DemoOptions {
  /** A message v1 a line; default the sample of the repository. */
  readonly sample?: string;
  /** Goes on after the table until it is interrupted. */
  readonly keep: boolean;
}

/**
 * The demo: both simulators, the whole fleet as processes of its own, and a batch of messages whose ways it shows in one
 * table. Answers the exit code: 0 only if every message got exactly one result and no simulator saw a violation; 130
 * when interrupted. Ends everything that it started, however it ends.
 * @throws CliFailure when something cannot be started
 */
export async function runDemo(options: DemoOptions, io: Io): Promise<number> {
  const stage = new Stage();
  process.once('exit', () => stage.abandon()); // an error that nobody caught, or a reader of our output that went
  const stopped = interrupted(io, () => process.exit(INTERRUPTED_EXIT));
  let tellLoss = (_error: unknown) => {};
  const lost = new Promise<never>((_, reject) => {
    tellLoss = reject;
  });
  const watch = (child: PabalChild) => {
    child.lost().catch((error: unknown) => tellLoss(error));
  };
  const show = perform(options, io, stage, watch);
  try {
    return await Promise.race([show, stopped, lost]);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    io.err('Interrupted: ending what was started');
    return INTERRUPTED_EXIT;
  } finally {
    show.catch(() => {}); // what it was waiting for ends below
    for (const failure of await stage.close()) io.err(`Not ended cleanly: ${String(failure)}`);
  }
}

async function perform(
  { sample, keep }: DemoOptions,
  io: Io,
  stage: Stage,
  watch: (child: PabalChild) => void,
): Promise<number> {
  const startedAt = performance.now();
  const messages = readSample(await readText(sample ?? SAMPLE));
  const pictures = await readPictures(PICTURES);
  const say = (line: string) => io.err(line);
  const surroundings = await setSurroundings(stage, watch, say);
  say('Both gateway simulators stand; starting two senders, the receiver, the API and the board');
  say(ENCRYPTED);
  const batch = await Batch.open(stage, surroundings, messages);
  const tally = new Tally();
  const stopTally = await tally.follow(stage, batch.client);
  await batch.sendEarly();
  const fleet = await startFleet(stage, watch, surroundings.config);
  await batch.tellOptOuts(surroundings.simulators.smtnt);
  const door = new HttpDoor(fleet.api, surroundings.apiKey);
  await door.store(pictures);

  const enqueuedAt = performance.now();
  say(`Enqueueing ${messages.length} messages over HTTP, some with one of ${pictures.length} images`);
  await batch.send(door, Date.now());
  const [lastAt, notCancelled] = await Promise.all([
    followResults({ io, stage, messages, tally, surroundings, enqueuedAt }),
    batch.cancel(door),
  ]);
  await stopTally();

  const outcome = await collect(messages, tally, surroundings);
  const columns = io.outIsTerminal ? io.columns : PLAIN_COLUMNS;
  const explained = await explainPackets(outcome.journeys, surroundings, keep, io, columns);
  const times = {
    enqueued: enqueuedAt - startedAt,
    lastResult: lastAt - startedAt,
    now: performance.now() - startedAt,
  };
  const troubles = [...notCancelled, ...tally.troubles, ...explained.troubles];
  const wrongs = judge({ ...outcome, troubles });
  const { journeys } = outcome.journeys;
  for (const line of [
    ...journeyTable(journeys, columns),
    ...LEGEND,
    ...explained.lines,
    'What the gateways accepted, by channel and packet type:',
    ...carriedTable(journeys).map((each) => `  ${each}`),
    '',
    ...summarise(journeys, outcome.stats, times),
    '',
    ...verdictWords(wrongs),
  ])
    io.out(line);
  if (keep) {
    for (const line of keepWords(surroundings, fleet)) io.out(line);
    await new Promise<never>(() => {}); // until somebody interrupts
  }
  return wrongs.length === 0 ? 0 : 1;
}

function verdictWords(wrongs: readonly string[]): string[] {
  if (wrongs.length === 0)
    return ['Every message got its one result, and the simulators saw no rule broken.'];
  return ['This is not as promised:', ...wrongs.map((wrong) => `  ${wrong}`)];
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CliFailure(`the sample cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

interface Following {
  readonly io: Io;
  readonly stage: Stage;
  readonly messages: readonly DemoMessage[];
  readonly tally: Tally;
  readonly surroundings: Surroundings;
  readonly enqueuedAt: number;
}

/** Shows how it goes until every message has a result and no further one came for a while; answers when the last came. */
async function followResults({
  io,
  stage,
  messages,
  tally,
  surroundings,
  enqueuedAt,
}: Following): Promise<number> {
  const view = new LiveView(io);
  for (;;) {
    const now = performance.now();
    const standing = {
      total: messages.length,
      channels: channelStanding(messages, tally.results),
      results: tally.counts(),
      gateways: await eachGateway((gateway) => surroundings.simulators[gateway].stats()),
      elapsedMs: now - enqueuedAt,
    };
    view.show(standingBlock(standing), standingLine(standing), now);
    const complete = messages.every(({ id }) => tally.results.has(id));
    const over = complete ? tally.quietMs(now) >= QUIET_MS : now - enqueuedAt > RESULTS_MS;
    if (over) {
      view.end();
      return tally.lastAt;
    }
    await pause(LOOK_MS);
    stage.assertOpen();
  }
}

async function collect(messages: readonly DemoMessage[], tally: Tally, { simulators }: Surroundings) {
  const [stats, violations, ledgers] = await Promise.all([
    eachGateway((gateway) => simulators[gateway].stats()),
    eachGateway((gateway) => simulators[gateway].violations()),
    eachGateway((gateway) => simulators[gateway].ledger()),
  ]);
  const submits = DEMO_GATEWAYS.flatMap((gateway) =>
    ledgers[gateway].map((entry) => ({ ...entry, gateway })),
  );
  return { stats, violations, journeys: joinJourneys(messages, tally.results, submits) };
}

async function eachGateway<T>(ask: (gateway: DemoGateway) => Promise<T>): Promise<Record<DemoGateway, T>> {
  const [hellovision, smtnt] = await Promise.all([ask('hellovision'), ask('smtnt')]);
  return { hellovision, smtnt };
}
