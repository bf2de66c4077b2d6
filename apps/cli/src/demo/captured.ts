import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { understand } from '../arguments.js';
import { EXIT, type Io } from '../command.js';
import { decodeCommand } from '../decode/command.js';
import { EXPLAINERS } from '../decode/explainers.js';
import { DEMO_GATEWAYS, type DemoGateway } from './configuration.js';
import { cut } from './excerpt.js';
import type { Surroundings } from './fleet.js';
import type { Journeys, Submit } from './journey.js';
import type { Captured } from './simulator-admin.js';

/** How each gateway's bytes are explained, and which packet types are the most worth it, the best first. */
const CHOICE = {
  hellovision: { protocol: 'lghv', types: ['KKT', 'MMS', 'LMS', 'SMS'] },
  smtnt: { protocol: 'smtnt', types: ['12', '7', '6', '4'] },
} as const satisfies Record<DemoGateway, { readonly protocol: string; readonly types: readonly string[] }>;

/** No key: ids of messages are never encrypted on LGHV, and SMTNT's connection is plain here. */
const NO_KEYS = { key: undefined, iv: undefined, privateKeyField: undefined, charset: undefined };
const MOST_LINES = 36;
const INDENT = '  ';
/** Longer hex is nothing to paste. */
const SHORT_DIGITS = 1_200;

/** Packets as they went over the wire, explained; and what could not be. */
export interface ExplainedPackets {
  readonly lines: readonly string[];
  readonly troubles: readonly string[];
}

/**
 * One packet of each gateway as its simulator captured it, explained by `pabal decode` with the gateway's key, masked.
 * The command line to repeat it stands below: with a file of the demo's folder when that stays, else with the bytes
 * where they are few.
 */
export async function explainPackets(
  { journeys }: Journeys,
  surroundings: Surroundings,
  keep: boolean,
  io: Io,
  columns: number,
): Promise<ExplainedPackets> {
  const submits = journeys.flatMap((journey) => journey.submits);
  const lines: string[] = [];
  const troubles: string[] = [];
  for (const gateway of DEMO_GATEWAYS) {
    const submit = chooseSubmit(submits, gateway);
    if (!submit) continue;
    const captured = findPacket(await surroundings.simulators[gateway].received(), submit);
    if (!captured) {
      troubles.push(`${gateway}: the packet of ${submit.wireId} is not among the captured ones`);
      continue;
    }
    const { protocol } = CHOICE[gateway];
    const file = join(surroundings.folder, `${gateway}-${submit.type}.hex`);
    await writeFile(file, `${captured.hex}\n`);
    const words = [protocol, file, '--config', surroundings.config, '--gateway', gateway];
    const { printed, exit } = await decode(words, io, columns - INDENT.length);
    if (exit !== EXIT.done) troubles.push(`${gateway}: pabal decode finds the captured packet broken`);
    lines.push(
      `What went to ${gateway} for one message (${submit.type}), by pabal decode:`,
      ...shortened(printed).map((line) => (line === '' ? '' : INDENT + cut(line, columns - INDENT.length))),
      ...repeatWords(words, captured.hex, keep),
      '',
    );
  }
  return { lines, troubles };
}

/** Of the type most worth a look: the accepted submit that carries the most beside its text. Pure. */
export function chooseSubmit(submits: readonly Submit[], gateway: DemoGateway): Submit | undefined {
  const accepted = submits.filter((submit) => submit.gateway === gateway && submit.verdict === 'accepted');
  for (const wanted of CHOICE[gateway].types) {
    const [richest] = accepted
      .filter(({ type }) => type === wanted)
      .sort((a, b) => Object.keys(b.extra).length - Object.keys(a.extra).length);
    if (richest) return richest;
  }
  return undefined;
}

/** The frame that holds the submit's wire id, looked for from its time on outwards. Pure. */
export function findPacket(
  frames: readonly Captured[],
  { gateway, wireId, at }: Submit,
): Captured | undefined {
  const explain = EXPLAINERS[CHOICE[gateway].protocol];
  const nearest = [...frames].sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at));
  return nearest.find(({ hex }) =>
    explain?.(Buffer.from(hex, 'hex'), NO_KEYS).some(({ fields }) =>
      fields.some(({ value }) => value === wireId),
    ),
  );
}

/** Runs the command as its own process would, and keeps what it prints. */
async function decode(
  words: readonly string[],
  io: Io,
  columns: number,
): Promise<{ readonly printed: readonly string[]; readonly exit: number }> {
  const meaning = understand([decodeCommand], [decodeCommand.name, ...words]);
  if (meaning.kind !== 'run') throw new Error('decode is a command that runs');
  const printed: string[] = [];
  const exit = await meaning.command.run(meaning.given, {
    ...io,
    columns,
    outIsTerminal: true,
    out: (line) => void printed.push(line),
  });
  return { printed, exit };
}

function shortened(lines: readonly string[]): readonly string[] {
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES - 1), `… and ${lines.length - MOST_LINES + 1} more lines`];
}

/** What to type to see it again, in full. Pure. */
export function repeatWords(words: readonly string[], hex: string, keep: boolean): string[] {
  if (keep) return ['Again, in full:', `${INDENT}npx pabal decode ${words.join(' ')}`];
  const [protocol] = words;
  if (protocol !== 'smtnt' || hex.length > SHORT_DIGITS) {
    return [
      `Again, in full: with npm run demo -- --keep, which leaves its ${hex.length / 2} bytes in a file`,
    ];
  }
  return ['Again, in full:', `${INDENT}npx pabal decode ${protocol} --hex ${hex}`];
}
