import { setTimeout as sleep } from 'node:timers/promises';
import type { PabalClient } from '@pabal/client';
import type { ResultV1 } from '@pabal/message';
import type { Command, Given, Io } from '../command.js';
import { CONFIG_FLAG, EXIT, isSet, JSON_FLAG, textFlag } from '../command.js';
import { CliFailure, isReaderGone, UsageError } from '../failure.js';
import { Progress } from '../progress.js';
import { configOf, withClient } from '../session.js';
import { resultLine, resultTable } from './show.js';

const DEFAULT_LIMIT = 1_000;
const LOOK_EVERY_MS = 500;

interface Asked {
  readonly queue: string;
  readonly limit: number;
  readonly print: (result: ResultV1) => void;
  /** Resolves when the result is out of this process: it may be taken then. */
  readonly handOver: (result: ResultV1) => Promise<void>;
}

/** `pabal results` */
export const resultsCommand: Command = {
  name: 'results',
  summary: 'prints the results that wait, without taking them',
  notes: ['With --take each result is printed first and taken then. With --follow it goes on until Ctrl-C.'],
  flags: {
    queue: { type: 'string', value: 'NAME', help: 'results (default), or results-<name> for a replyTo' },
    take: { type: 'boolean', help: 'take them from the queue' },
    follow: { type: 'boolean', short: 'f', help: 'go on with those that come' },
    limit: { type: 'string', value: 'N', help: `at most so many; default ${DEFAULT_LIMIT}, with --take all` },
    ...CONFIG_FLAG,
    ...JSON_FLAG,
  },
  run: async (given, io) => {
    const json = isSet(given, 'json');
    const lineOf = (result: ResultV1) => (json ? JSON.stringify(result) : resultLine(result));
    const asked: Asked = {
      queue: queueOf(given),
      limit: limitOf(given),
      print: (result) => io.out(lineOf(result)),
      handOver: (result) => io.outTaken(lineOf(result)),
    };
    return withClient(configOf(given, io), async (client) => {
      if (isSet(given, 'follow')) {
        return isSet(given, 'take') ? takeOn(client, asked, io) : lookOn(client, asked, io);
      }
      if (isSet(given, 'take')) return take(client, asked, io);
      return look(client, asked, json, io);
    });
  },
};

function queueOf(given: Given): string {
  const queue = textFlag(given, 'queue') ?? 'results';
  if (/^results(-[a-z0-9-]{1,40})?$/.test(queue)) return queue;
  throw new UsageError('--queue must be results or results-<name>');
}

function limitOf(given: Given): number {
  const text = textFlag(given, 'limit');
  if (text === undefined) return isSet(given, 'take') ? Number.POSITIVE_INFINITY : DEFAULT_LIMIT;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError('--limit must be a whole number of at least 1');
}

async function look(client: PabalClient, asked: Asked, json: boolean, io: Io): Promise<number> {
  const { results, unreadable } = await client.peekResults(asked);
  if (json) for (const result of results) asked.print(result);
  else if (results.length > 0) for (const line of resultTable(results)) io.out(line);
  const more = results.length === asked.limit ? ' or more' : '';
  if (!json || unreadable > 0) {
    io.err(
      `${results.length}${more} waiting in ${asked.queue}${unreadable > 0 ? `, ${unreadable} unreadable` : ''}`,
    );
  }
  return EXIT.done;
}

/**
 * Takes what waits, one after the other. Ctrl-C ends it between two results: the next one goes back.
 * @throws CliFailure after Ctrl-C
 */
async function take(client: PabalClient, asked: Asked, io: Io): Promise<number> {
  const stop = io.stopSignal();
  const progress = new Progress(io, 'taking');
  let taken = 0;
  const handler = async (result: ResultV1) => {
    stop.throwIfAborted();
    await asked.handOver(result);
    taken++;
    // On the same terminal as the results it would only be in their way.
    if (!io.outIsTerminal) progress.show(taken);
  };
  try {
    await client.takeResults(handler, asked);
  } catch (error) {
    if (!stop.aborted) throw error;
    throw new CliFailure(`Interrupted: ${taken} taken from ${asked.queue}, the others wait`);
  } finally {
    progress.end();
  }
  io.err(`${taken} taken from ${asked.queue}`);
  return EXIT.done;
}

/** Shows what waits and what comes, each once, and leaves it where it is. */
async function lookOn(client: PabalClient, asked: Asked, io: Io): Promise<number> {
  const signal = io.stopSignal();
  let shown = new Set<string>();
  let crowded = false;
  while (!signal.aborted) {
    const { results } = await client.peekResults(asked);
    if (results.length === asked.limit && !crowded) {
      crowded = true;
      io.err(`Only the oldest ${asked.limit} are shown: take some, or look further with --limit`);
    }
    for (const result of results) if (!shown.has(result.id)) asked.print(result);
    shown = new Set(results.map(({ id }) => id)); // what was taken meanwhile need not be remembered
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => {}); // told to stop: the loop sees it
  }
  return EXIT.done;
}

async function takeOn(client: PabalClient, asked: Asked, io: Io): Promise<number> {
  const readerGone = new AbortController();
  const signal = AbortSignal.any([io.stopSignal(), readerGone.signal]);
  const consumer = client.results(asked.handOver, {
    queue: asked.queue,
    concurrency: 1,
    onError: (error) => (isReaderGone(error) ? readerGone.abort() : io.err(error.message)),
  });
  if (!signal.aborted) {
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  }
  await consumer.close();
  return EXIT.done;
}
