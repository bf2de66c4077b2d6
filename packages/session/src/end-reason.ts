import type { LinkEnd } from './link.js';
import type { EndReason } from './machine.js';

/** Kebab-case reason of a connection's end. Protocol errors (`code` `protocol`) bring their own. */
export function reasonOf(cause: LinkEnd): EndReason {
  switch (cause.kind) {
    case 'peerClosed':
      return 'peer-closed';
    case 'socketError':
      return 'socket-error';
    case 'notOwner':
      return 'not-owner';
    case 'threw': {
      const { error } = cause;
      const isProtocolError = error instanceof Error && 'code' in error && error.code === 'protocol';
      return isProtocolError && 'reason' in error && typeof error.reason === 'string'
        ? error.reason
        : 'handler-failed';
    }
    default:
      return cause satisfies never;
  }
}

/** What may be logged of an error whose message is not known to be free of content. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
