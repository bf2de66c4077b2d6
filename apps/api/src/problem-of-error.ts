import { MemoryGuardClosed, MessageRefused, RedisUnavailable } from '@pabal/client';
import { isConnectionError } from '@pabal/fate';
import { ApiProblem } from './problem-details.js';

/** Redis reconnects within two seconds of its return. */
const REDIS_RETRY_SECONDS = 2;
/** Memory is freed by results that are taken: nothing of seconds. */
const MEMORY_RETRY_SECONDS = 10;

/** What Fastify says of a request that it could not read. */
const OF_FASTIFY: Readonly<Record<string, () => ApiProblem>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => new ApiProblem('body-too-large', 'the body is longer than is taken here'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () =>
    new ApiProblem('unsupported-media-type', 'the content type is not taken here'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () =>
    new ApiProblem('invalid-request', 'the body is not as long as its Content-Length says'),
  FST_ERR_BAD_URL: () => new ApiProblem('invalid-request', 'the path is not a valid URL'),
};

/** An error as it is answered. Whatever has no reading of its own is a mistake of ours, and says no more. Pure. */
export function problemOfError(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof MessageRefused) {
    const { problems } = error;
    if (problems.every(({ rule }) => rule === 'id-conflict'))
      return new ApiProblem('id-conflict', 'the message was not taken: its id means another one', {
        problems,
      });
    const detail =
      problems.length === 1 ? 'the message breaks a rule' : `the message breaks ${problems.length} rules`;
    return new ApiProblem('invalid-message', detail, { problems });
  }
  if (error instanceof RedisUnavailable || isConnectionError(error)) {
    return new ApiProblem('redis-unavailable', 'Redis did not take the request: ask again', {
      retryAfter: REDIS_RETRY_SECONDS,
      cause: error,
    });
  }
  if (error instanceof MemoryGuardClosed) {
    return new ApiProblem('out-of-memory-guard', error.message, {
      retryAfter: MEMORY_RETRY_SECONDS,
      cause: error,
    });
  }
  const known = OF_FASTIFY[codeOf(error)]?.();
  return (
    known ?? new ApiProblem('internal-error', 'the request failed by a mistake of ours', { cause: error })
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
