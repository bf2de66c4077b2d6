/** A flag of a command. */
export interface Flag {
  readonly type: 'string' | 'boolean';
  /** What its value is called in the help, `FILE`. */
  readonly value?: string;
  readonly short?: string;
  /** May stand several times; all its values count, in their order. */
  readonly many?: true;
  readonly help: string;
}

export type Flags = Readonly<Record<string, Flag>>;

/** A word of a command that is not a flag. */
export interface Word {
  readonly name: string;
  readonly required: boolean;
  /** The last word of a command may stand several times. */
  readonly many?: true;
}

/** What a command was called with; only flags and words that its table names. */
export interface Given {
  readonly flags: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  readonly words: readonly string[];
}

/** Exit codes: what was asked for is done; it failed; it was not understood. */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/** Where a command writes, and what it knows of its surroundings. */
export interface Io {
  out(line: string): void;
  /** Like `out`; resolves when the reader's side has it, rejects when there is no reader any more. */
  outTaken(line: string): Promise<void>;
  err(line: string): void;
  /** Writes to standard output without a line's end: to draw on a terminal. */
  outRaw(text: string): void;
  /** Writes to standard error without a line's end: for progress on a terminal. */
  errRaw(text: string): void;
  /** Reads standard input to its end, or one byte more than `mostBytes`. */
  readIn(mostBytes: number): Promise<Uint8Array>;
  readonly inIsTerminal: boolean;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  /** Width of the terminal in columns, as it is now. */
  readonly columns: number;
  /** Height of the terminal in lines, as it is now. */
  readonly rows: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Calls back at every SIGINT or SIGTERM; asking for it makes the command responsible for ending. */
  onStop(listener: () => void): void;
  /** Aborts at the first SIGINT or SIGTERM; a second one ends the process. */
  stopSignal(): AbortSignal;
}

/** One command of the table. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly words?: readonly Word[];
  readonly flags: Flags;
  /** More than the summary, below the usage line. */
  readonly notes?: readonly string[];
  /** Gets everything behind its name as it is, `--help` included. */
  readonly raw?: (args: readonly string[], io: Io) => Promise<number>;
  readonly run: (given: Given, io: Io) => Promise<number>;
}

/** Flags that most commands have. */
export const CONFIG_FLAG: Flags = {
  config: {
    type: 'string',
    value: 'FILE',
    help: 'the configuration; else PABAL_CONFIG, else ./pabal.config.yaml',
  },
};
export const JSON_FLAG: Flags = { json: { type: 'boolean', help: 'print JSON, one value a line' } };
export const HELP_FLAG: Flags = { help: { type: 'boolean', short: 'h', help: 'print this' } };

/** The value of a flag that takes one. */
export function textFlag(given: Given, name: string): string | undefined {
  const value = given.flags[name];
  return typeof value === 'string' ? value : undefined;
}

/** The values of a flag that may stand several times. */
export function textsFlag(given: Given, name: string): readonly string[] {
  const values = given.flags[name];
  return Array.isArray(values) ? values : [];
}

/** Was a flag that takes no value given? */
export function isSet(given: Given, name: string): boolean {
  return given.flags[name] === true;
}
