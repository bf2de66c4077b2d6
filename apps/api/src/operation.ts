import type { JsonSchema } from '@pabal/message';
import type { ApiScope } from '@pabal/runtime';
import type { z } from 'zod';
import type { Answer } from './answer.js';
import type { Caller } from './caller.js';
import type { ProblemCode } from './problem-details.js';
import type { Services } from './services.js';

export type Method = 'GET' | 'POST' | 'DELETE';

/** A request as an operation gets it: path and query are checked, the body is whatever came. */
export interface Call<P, Q> {
  readonly params: P;
  readonly query: Q;
  readonly body: unknown;
  /** The bytes of the body, where there is one. */
  readonly rawBody: Buffer | undefined;
  readonly header: (name: string) => string | undefined;
  readonly caller: Caller;
  readonly requestId: string;
}

/** How an answer is documented. */
export interface DocumentedAnswer {
  readonly description: string;
  /** Absent where there is no body. */
  readonly schema?: z.ZodType | JsonSchema;
  /** Default `application/json`. */
  readonly mediaType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface DocumentedBody {
  readonly schema: z.ZodType | JsonSchema;
  readonly example?: unknown;
}

interface Described {
  readonly method: Method;
  /** As OpenAPI writes it, `/v1/messages/{id}`. */
  readonly path: string;
  /** Stable: names the operation in generated clients. */
  readonly id: string;
  /** Group on the page. */
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** What the key must be allowed to do; `open`: nobody needs a key. */
  readonly scope: ApiScope | 'open';
  /** Answers also while Redis is away. */
  readonly worksWithoutRedis?: boolean;
  /** Request headers beside those of every operation. */
  readonly headers?: Readonly<Record<string, string>>;
  /** By media type; absent where no body is taken. */
  readonly body?: Readonly<Record<string, DocumentedBody>>;
  /** Longest body, bytes; default: that of the configuration. */
  readonly bodyLimit?: number;
  /** By status. */
  readonly answers: Readonly<Record<number, DocumentedAnswer>>;
  /** Beside those that every operation has. */
  readonly problems: readonly ProblemCode[];
}

/** One operation of the API: its description, which is also the documentation, and what it does. */
export interface Operation extends Described {
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly handle: (call: Call<never, never>, services: Services) => Promise<Answer> | Answer;
}

type Parsed<S> = S extends z.ZodObject ? z.output<S> : Readonly<Record<string, never>>;

/** Declares an operation: what the schemas say is what its handler gets. */
export function operation<
  P extends z.ZodObject | undefined = undefined,
  Q extends z.ZodObject | undefined = undefined,
>(
  given: Described & {
    readonly params?: P;
    readonly query?: Q;
    readonly handle: (call: Call<Parsed<P>, Parsed<Q>>, services: Services) => Promise<Answer> | Answer;
  },
): Operation {
  return given as unknown as Operation;
}
