import { z } from 'zod';
import { operation } from '../operation.js';
import { ApiProblem } from '../problem-details.js';

export const healthz = operation({
  method: 'GET',
  path: '/healthz',
  id: 'isAlive',
  tag: 'Operation',
  summary: 'Is the process alive?',
  description: 'Answers 200 also while Redis is away: a restart would not bring it back.',
  scope: 'open',
  answers: { 200: { description: 'It is', schema: z.strictObject({ status: z.literal('ok') }) } },
  problems: [],
  handle: () => ({ status: 200, body: { status: 'ok' } }),
});

export const readyz = operation({
  method: 'GET',
  path: '/readyz',
  id: 'isReady',
  tag: 'Operation',
  summary: 'Does the process take messages?',
  scope: 'open',
  answers: { 200: { description: 'It does', schema: z.strictObject({ status: z.literal('ready') }) } },
  problems: ['not-ready'],
  handle: async (_call, { readiness }) => {
    const { hindrances } = await readiness();
    if (hindrances.length === 0) return { status: 200, body: { status: 'ready' } };
    throw new ApiProblem('not-ready', hindrances.join(', '), { retryAfter: 2, extra: { hindrances } });
  },
});
