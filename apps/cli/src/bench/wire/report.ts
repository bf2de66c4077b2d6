import { renderTable } from '../../table.js';
import { median, percentile } from '../statistics.js';
import type { Pair, PairTimes } from './rounds.js';
import type { PacketTasks } from './task.js';

/** What one task takes on one thread. */
export interface Figure {
  /** Median of the rounds, µs. */
  readonly microseconds: number;
  /** What a thread that does nothing else does in a second, by the median. */
  readonly perSecond: number;
  /** A quarter of the rounds were faster than `low`, a quarter slower than `high`; µs. */
  readonly low: number;
  readonly high: number;
}

/** A direction of a packet. */
export interface DirectionFigures extends Figure {
  /** Time of smpp in the same round over ours: the median of the rounds. Above 1 ours is faster. */
  readonly timesSmpp: number;
}

/** Of an SMTNT packet: what zlib takes of it. */
export interface CompressionFigures {
  readonly deflateNode: Figure;
  readonly inflateNode: Figure;
  readonly deflatePako: Figure;
  readonly inflatePako: Figure;
  /** Of the time of encoding and of decoding, with the zlib of Node; 0 to 1. */
  readonly deflateShare: number;
  readonly inflateShare: number;
}

export interface PacketFigures {
  readonly name: string;
  readonly bytes: number;
  readonly encode: DirectionFigures;
  readonly decode: DirectionFigures;
  readonly compression?: CompressionFigures;
}

export interface Aim {
  readonly what: string;
  readonly atLeast: number;
  readonly found: number;
  readonly met: boolean;
}

/** All that a run of the benchmark found; `--json` prints it as it is. */
export interface WireReport {
  readonly measured: readonly string[];
  readonly command: { readonly rounds: number; readonly sliceMs: number };
  readonly machine: { readonly cores: number; readonly model: string; readonly node: string };
  readonly baseline: {
    readonly name: string;
    readonly bytes: number;
    readonly encode: Figure;
    readonly decode: Figure;
  };
  readonly packets: readonly PacketFigures[];
  readonly aims: readonly Aim[];
  /** Made of everything that was encoded and decoded; says that the work was done. */
  readonly checksum: number;
}

/** What the figures count, in the words of the output. */
export const MEASURED = [
  'encode: from the fields in plain words to the whole frame, checks of every limit included',
  'decode: the frame cut from a stream by the frame reader, then every field read and its text decoded',
  'smpp: a submit_sm of the same text (UCS-2, named in advance) from its fields to bytes, and from a whole packet to its fields; it cuts no stream',
  'one thread; each packet and smpp right behind one another in every round; medians, and the middle half of the rounds',
];

/** What is aimed at, by the packet of the same text. */
const AIMED = 'LGHV SMS';
const AIMS = { encode: 5, decode: 2 } as const;

/** The pairs of a packet, in the order in which {@link packetFigures} reads their times. */
export function pairsOf({ encode, decode, parts }: PacketTasks, baseline: PacketTasks): Pair[] {
  return [
    { task: encode, baseline: baseline.encode },
    { task: decode, baseline: baseline.decode },
    ...parts.map((task) => ({ task, baseline: undefined })),
  ];
}

export function packetFigures(tasks: PacketTasks, times: readonly PairTimes[]): PacketFigures {
  const [encodeTimes, decodeTimes, ...partTimes] = times;
  if (!encodeTimes || !decodeTimes) throw new RangeError(`${tasks.name} was not measured`);
  const encode = directionFigures(encodeTimes);
  const decode = directionFigures(decodeTimes);
  const parts = new Map(tasks.parts.map(({ name }, index) => [name, figure(partTimes[index]?.task ?? [])]));
  const compression = compressionFigures(parts, encode, decode);
  return { name: tasks.name, bytes: tasks.bytes, encode, decode, ...(compression ? { compression } : {}) };
}

function directionFigures({ task, baseline }: PairTimes): DirectionFigures {
  const ratios = task.map((time, round) => (baseline[round] ?? Number.NaN) / time);
  return { ...figure(task), timesSmpp: median(ratios) };
}

export function figure(times: readonly number[]): Figure {
  const microseconds = median(times);
  return {
    microseconds,
    perSecond: 1_000_000 / microseconds,
    low: percentile(times, 0.25),
    high: percentile(times, 0.75),
  };
}

function compressionFigures(
  parts: ReadonlyMap<string, Figure>,
  encode: Figure,
  decode: Figure,
): CompressionFigures | undefined {
  const deflateNode = parts.get('deflate node');
  const inflateNode = parts.get('inflate node');
  const deflatePako = parts.get('deflate pako');
  const inflatePako = parts.get('inflate pako');
  if (!deflateNode || !inflateNode || !deflatePako || !inflatePako) return undefined;
  return {
    deflateNode,
    inflateNode,
    deflatePako,
    inflatePako,
    deflateShare: deflateNode.microseconds / encode.microseconds,
    inflateShare: inflateNode.microseconds / decode.microseconds,
  };
}

export function aimsOf(packets: readonly PacketFigures[]): Aim[] {
  const aimed = packets.find(({ name }) => name === AIMED);
  if (!aimed) return [];
  return (['encode', 'decode'] as const).map((way) => {
    const found = aimed[way].timesSmpp;
    return { what: `${AIMED} ${way}, times smpp`, atLeast: AIMS[way], found, met: found >= AIMS[way] };
  });
}

/** The report as people read it. Pure. */
export function wireLines({ measured, command, machine, baseline, packets, aims }: WireReport): string[] {
  const compressed = packets.filter((packet) => packet.compression !== undefined);
  return [
    ...measured,
    `${machine.model}, ${machine.cores} cores, Node ${machine.node}; ${command.rounds} rounds of ${command.sliceMs} ms each`,
    '',
    ...renderTable(
      [
        'packet',
        'bytes',
        'encode µs',
        'middle half',
        'a second',
        '× smpp',
        'decode µs',
        'middle half',
        'a second',
        '× smpp',
      ],
      [
        [
          `${baseline.name}, submit_sm`,
          String(baseline.bytes),
          ...cells(baseline.encode),
          '',
          ...cells(baseline.decode),
        ],
        ...packets.map(({ name, bytes, encode, decode }) => [
          name,
          String(bytes),
          ...cells(encode),
          encode.timesSmpp.toFixed(1),
          ...cells(decode),
          decode.timesSmpp.toFixed(1),
        ]),
      ],
    ),
    ...(compressed.length === 0 ? [] : ['', ...compressionLines(compressed)]),
    '',
    ...aims.map(
      ({ what, atLeast, found, met }) =>
        `${what}: ${found.toFixed(1)}, aim ${atLeast}: ${met ? 'met' : 'missed'}`,
    ),
  ];
}

function compressionLines(packets: readonly PacketFigures[]): string[] {
  const rows = packets.flatMap(({ name, compression }) =>
    compression === undefined
      ? []
      : [
          [
            name,
            micro(compression.deflateNode),
            percent(compression.deflateShare),
            micro(compression.deflatePako),
            micro(compression.inflateNode),
            percent(compression.inflateShare),
            micro(compression.inflatePako),
          ],
        ],
  );
  return [
    'What zlib takes: node:zlib, as the fleet has it, its share of encoding and decoding, and pako for the same bytes',
    '',
    ...renderTable(
      ['packet', 'deflate µs', 'of encode', 'pako µs', 'inflate µs', 'of decode', 'pako µs'],
      rows,
    ),
  ];
}

function cells(found: Figure): string[] {
  const spread = `${found.low.toFixed(1)}–${found.high.toFixed(1)}`;
  return [micro(found), spread, Math.round(found.perSecond).toLocaleString('en-US')];
}

function micro({ microseconds }: Figure): string {
  return microseconds.toFixed(2);
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
