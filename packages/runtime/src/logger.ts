import { systemClock } from '@pabal/session';
import {
  type Bindings,
  type ChildLoggerOptions,
  type DestinationStream,
  destination,
  type Logger,
  pino,
  stdTimeFunctions,
} from 'pino';
import { GatheredOutput } from './gathered-output.js';
import { redact } from './redact.js';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

export interface LoggerOptions {
  readonly level: LogLevel;
  /** The role, `sender`; stands in every line. */
  readonly name: string;
  /** Default: standard output, written at once. */
  readonly destination?: DestinationStream;
  /**
   * Gathers lines for a moment before they are written, for a process that writes one for each of thousands of requests a
   * second. The end of the process writes them, too; only a kill loses what came in the last tenth of a second.
   */
  readonly gathered?: boolean;
}

/**
 * Standard output, written in blocks. By calls that wait: they find out at once that nobody reads any more, and then log nothing,
 * where the others' last flush would try for ever.
 */
function gatheredOutput(): DestinationStream {
  const output = new GatheredOutput(destination({ dest: 1, sync: true }), systemClock);
  process.on('exit', () => output.flushSync());
  return output;
}

/** Redacts the context of children, too: pino hands only the fields of a line to its formatter. */
function withRedactedChildren(logger: Logger): Logger {
  const { child } = logger;
  // Children have their parent as prototype, so that this holds for theirs as well.
  Object.defineProperty(logger, 'child', {
    value(this: Logger, bindings: Bindings, options?: ChildLoggerOptions) {
      return Reflect.apply(child, this, [redact(bindings), options]);
    },
  });
  return logger;
}

/**
 * JSON lines with ISO times and level names. Whoever logs masks numbers and leaves out texts; the redaction here is the
 * second line of defence, for the field that slipped in with an object.
 */
export function createLogger({ level, name, gathered = false, ...given }: LoggerOptions): Logger {
  const output = given.destination ?? (gathered ? gatheredOutput() : undefined);
  const options = {
    level,
    name,
    timestamp: stdTimeFunctions.isoTime,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: Record<string, unknown>) => redact(fields),
    },
  };
  return withRedactedChildren(output ? pino(options, output) : pino(options));
}

export type { Logger } from 'pino';
