import type { Problem } from '@pabal/message';

/** Every error that the API answers: its status and title. The code is stable; details may change. */
export const PROBLEMS = {
  'malformed-json': { status: 400, title: 'The body is not JSON in UTF-8' },
  'invalid-request': { status: 400, title: 'The request is not as it must be' },
  'key-required': { status: 401, title: 'An API key is required' },
  'key-unknown': { status: 401, title: 'Nobody has this API key' },
  'scope-missing': { status: 403, title: 'This API key may not do that' },
  'queue-refused': { status: 403, title: 'This queue is not to be read' },
  'host-refused': { status: 403, title: 'Without keys only this machine may ask' },
  'not-found': { status: 404, title: 'There is no such path' },
  'message-not-found': { status: 404, title: 'Nobody knows a message of this id' },
  'webhook-not-found': { status: 404, title: 'No result of this message is on its way to a URL' },
  'result-not-found': { status: 404, title: 'No result of this message waits in the queue' },
  'method-not-allowed': { status: 405, title: 'This path does not take this method' },
  'request-timeout': { status: 408, title: 'The request took too long to come in' },
  'idempotency-under-way': {
    status: 409,
    title: 'The first request under this Idempotency-Key is under way',
  },
  'id-conflict': { status: 409, title: 'Another message stands under this id' },
  'already-sent': { status: 409, title: 'The message was sent already, or may have been' },
  'already-settled': { status: 409, title: 'The message has its result already' },
  'webhook-under-way': { status: 409, title: 'The delivery is under way' },
  'result-held': { status: 409, title: 'A consumer has this result in hand' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body is of a kind that is not taken here' },
  'invalid-message': { status: 422, title: 'The message breaks rules' },
  'file-refused': { status: 422, title: 'The file is none that can be sent' },
  'idempotency-key-reused': { status: 422, title: 'This Idempotency-Key came with another request' },
  'rate-limited': { status: 429, title: 'The key sends more messages a second than it may' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  'internal-error': { status: 500, title: 'A mistake of ours' },
  'not-ready': { status: 503, title: 'The process does not take messages now' },
  'redis-unavailable': { status: 503, title: 'Redis is not available' },
  'out-of-memory-guard': { status: 503, title: 'Redis is nearly full' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

export interface ProblemOptions extends ErrorOptions {
  /** Every rule that was broken. */
  readonly problems?: readonly Problem[];
  /** When it makes sense to ask again, seconds. */
  readonly retryAfter?: number;
  /** Further headers of the answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the body. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** An error as the API answers it (RFC 9457). Its detail never holds what came in. */
export class ApiProblem extends Error {
  readonly code: ProblemCode;
  override readonly name = 'ApiProblem';
  readonly options: ProblemOptions;

  constructor(code: ProblemCode, detail: string, options: ProblemOptions = {}) {
    super(detail, options);
    this.code = code;
    this.options = options;
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }

  get headers(): Readonly<Record<string, string>> {
    const { retryAfter, headers } = this.options;
    return { ...headers, ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }) };
  }

  /** The body of `application/problem+json`. */
  body(requestId: string): Readonly<Record<string, unknown>> {
    const { status, title } = PROBLEMS[this.code];
    const { problems, extra } = this.options;
    return {
      type: `/docs#problem-${this.code}`,
      title,
      status,
      detail: this.message,
      code: this.code,
      requestId,
      ...(problems === undefined ? {} : { problems }),
      ...extra,
    };
  }
}
