import type { Problem } from '@pabal/message';
import { EXIT } from './command.js';

/** A failure that is said in plain lines, without a stack. */
export class CliFailure extends Error {
  readonly code = 'cli';
  override readonly name = 'CliFailure';
}

/** The command line was not understood. */
export class UsageError extends Error {
  readonly code = 'usage';
  override readonly name = 'UsageError';
}

/** What is printed of an error, and the exit code that it makes. */
export interface Told {
  readonly lines: readonly string[];
  readonly exit: number;
}

/** Codes of errors whose message says all that there is to say. */
const PLAIN = ['cli', 'redis-unavailable', 'out-of-memory-guard', 'not-found', 'redis-mismatch'];

/** Nobody reads our output any more: there is nothing left to do, and nobody to tell. */
export function isReaderGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}

/**
 * Pure: every error that has a plain reading gets one, by its code, so that no package has to be loaded to know its errors;
 * anything else is a mistake of ours and shows its stack.
 */
export function tell(error: unknown): Told {
  if (isReaderGone(error)) return { lines: [], exit: EXIT.done };
  if (hasCode(error, 'config')) return { lines: error.message.split('\n'), exit: EXIT.usage };
  if (hasCode(error, 'usage')) return { lines: [error.message], exit: EXIT.usage };
  if (hasCode(error, 'invalid-message') && hasProblems(error)) {
    return { lines: error.problems.map(problemLine), exit: EXIT.failed };
  }
  if (PLAIN.some((code) => hasCode(error, code)))
    return { lines: [(error as Error).message], exit: EXIT.failed };
  if (hasCode(error, 'redis-unreachable')) {
    const advice =
      'loginRefused' in error && error.loginRefused === true
        ? 'Set redis.password (and redis.username, if it has users) in the configuration.'
        : 'Start Redis, or set redis.url in the configuration.';
    return { lines: [`${error.message}. ${advice}`], exit: EXIT.failed };
  }
  if (isNotListening(error)) {
    const { address, port, code } = error;
    return {
      lines: [
        `${address}:${port} cannot be listened on (${code}). Set host and port of board or api; 0 takes a free port.`,
      ],
      exit: EXIT.failed,
    };
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { lines: [text], exit: EXIT.failed };
}

/** A problem as people read it: field, what must be, and the sizes where there are any. */
export function problemLine({ field, message, limit, actual }: Problem): string {
  const said = message.startsWith(field) ? message : `${field}: ${message}`;
  const names = (size: string | number) => message.toLowerCase().includes(String(size).toLowerCase());
  const sizes = [
    ...(limit === undefined || limit === '' || names(limit) ? [] : [`limit ${limit}`]),
    ...(actual === undefined || names(actual) ? [] : [`given ${actual}`]),
  ];
  return sizes.length === 0 ? said : `${said} (${sizes.join(', ')})`;
}

function hasCode(error: unknown, code: string): error is Error {
  return error instanceof Error && 'code' in error && error.code === code;
}

function hasProblems(error: Error): error is Error & { readonly problems: readonly Problem[] } {
  return 'problems' in error && Array.isArray(error.problems);
}

interface ListenError {
  readonly code: string;
  readonly address: string;
  readonly port: number;
}

/** The port is taken, or not ours to take. */
function isNotListening(error: unknown): error is ListenError {
  return (
    typeof error === 'object' &&
    error !== null &&
    'syscall' in error &&
    error.syscall === 'listen' &&
    'code' in error &&
    'address' in error &&
    'port' in error
  );
}
