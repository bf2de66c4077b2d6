import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { Queue } from 'bullmq';
import type { FastifyPluginCallback } from 'fastify';
import { READABLE_ROUTES } from './mask-responses.js';

/** Each refresh reads every queue's counts. */
const REFRESH_SECONDS = 10;

export interface BullBoardOptions {
  readonly queues: readonly Queue[];
  /** Offers the way to the logout page. */
  readonly withLogout: boolean;
  readonly onError: (error: Error) => void;
}

/** Bull Board as a Fastify plugin: read-only, and masked before anything leaves it. */
export function bullBoardPlugin({ queues, withLogout, onError }: BullBoardOptions): FastifyPluginCallback {
  const serverAdapter = new FastifyAdapter();
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true, allowRetries: false })),
    serverAdapter,
    options: {
      uiConfig: {
        boardTitle: 'Pabal',
        hideDocsLink: true,
        hideRedisDetails: true,
        miscLinks: withLogout ? [{ text: 'Sign out', url: '/logout' }] : [],
        pollingInterval: { showSetting: false, forceInterval: REFRESH_SECONDS },
        showWorkers: false,
        sortQueues: true,
      },
      handlerHooks: {
        before: ({ method, route }) => {
          const readable = method === 'get' && READABLE_ROUTES.has(route);
          return readable ? { allow: true } : { allow: false, status: 405 };
        },
        after: ({ route, request }, result) => {
          // Refusals of Bull Board itself hold the key of a sentence and names of parameters.
          if (typeof result.body === 'object' && 'error' in result.body) return result;
          const mask = READABLE_ROUTES.get(route);
          if (!mask) throw new Error(`no mask for ${route}`);
          const queue = typeof request.params.queueName === 'string' ? request.params.queueName : '';
          return { ...result, body: mask(result.body, queue) };
        },
      },
    },
  });
  serverAdapter.setErrorHandler((error) => {
    onError(error);
    return { status: 500, body: { error: { key: 'ERRORS.INTERNAL_SERVER_ERROR' } } };
  });
  return serverAdapter.registerPlugin();
}
