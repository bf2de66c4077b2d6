import {
  type Bindings,
  type ChildLoggerOptions,
  type DestinationStream,
  type Logger,
  pino,
  stdTimeFunctions,
} from 'pino';
import { redact } from './redact.js';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

export interface LoggerOptions {
  readonly level: LogLevel;
  /** The role, `sender`; stands in every line. */
  readonly name: string;
  /** Default: standard output, written at once. */
  readonly destination?: DestinationStream;
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
export function createLogger({ level, name, destination }: LoggerOptions): Logger {
  const options = {
    level,
    name,
    timestamp: stdTimeFunctions.isoTime,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: Record<string, unknown>) => redact(fields),
    },
  };
  return withRedactedChildren(destination ? pino(options, destination) : pino(options));
}

export type { Logger } from 'pino';
