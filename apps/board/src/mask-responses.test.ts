import { describe, expect, it } from '@jest/globals';
import { maskJob, READABLE_ROUTES } from './mask-responses.js';

const SECRET = 'the-planted-secret of 01012345678';

const job = {
  id: 'm-1',
  name: SECRET,
  timestamp: 1,
  attempts: 1,
  data: { text: SECRET },
  opts: { jobId: 'm-1', comment: SECRET },
  progress: { at: SECRET },
  returnValue: SECRET,
  failedReason: `Error: ${SECRET}`,
  deferredFailure: SECRET,
  stacktrace: [SECRET],
  processedBy: SECRET,
  deduplicationId: SECRET,
  groupId: SECRET,
  externalUrl: { href: SECRET },
  isFailed: true,
};

function answer(
  route: string,
  body: Record<string, unknown> | unknown[],
  queue = 'send-default-sms',
): string {
  const mask = READABLE_ROUTES.get(route);
  if (!mask) throw new Error(`not readable: ${route}`);
  return JSON.stringify(mask(body, queue));
}

describe('masking a job', () => {
  it('leaves no field through which a producer or a worker could speak', () => {
    for (const queue of ['send-default-sms', 'events', 'results', 'results-crm', 'webhooks']) {
      const shown = JSON.stringify(maskJob(job, queue));
      expect(shown).not.toContain('planted');
      expect(shown).not.toContain('01012345678');
    }
  });

  it('keeps what an operator looks for: id, times, and why we refused it', () => {
    const failedReason = 'invalid-message: text: must have at most 90 bytes';
    expect(maskJob({ ...job, failedReason }, 'send-default-sms')).toMatchObject({
      id: 'm-1',
      timestamp: 1,
      isFailed: true,
      failedReason,
    });
  });

  it('shows where a webhook stands, but not its URL, which may hold a password of its receiver', () => {
    const webhook = { name: 'shop', url: `https://shop.example/${SECRET}` };
    const data = {
      v: 1,
      webhook,
      failures: 3,
      reason: 'http-503',
      since: 1_764_000_000_000,
      result: { id: 'a' },
    };
    const failedReason = 'undeliverable: http-410';
    const shown = maskJob({ ...job, data, failedReason }, 'webhooks');
    expect(shown).toMatchObject({
      failedReason,
      data: {
        webhook: { name: 'shop' },
        failures: 3,
        reason: 'http-503',
        since: data.since,
        result: { id: 'a' },
      },
    });
    expect(JSON.stringify(shown)).not.toContain('shop.example');
  });

  it('masks a telephone number that was made an id', () => {
    expect(maskJob({ ...job, id: 'sms-01012345678' }, 'send-default-sms').id).toBe('sms-010****5678');
    expect(maskJob({ ...job, id: 'repeat:hourly:1795315576329' }, 'results').id).toBe(
      'repeat:hourly:1795315576329',
    );
  });

  it('hides a failure that begins like ours and goes on with a number or another script', () => {
    for (const end of ['01012345678', '홍길동']) {
      const shown = maskJob({ ...job, failedReason: `invalid-message: ${end}` }, 'send-default-sms');
      expect(shown.failedReason).toMatch(/^«\d+ bytes»$/);
    }
  });

  it('shows wording in queues of the fleet alone', () => {
    const told = { ...job, data: { problem: 'too short for a report' } };
    expect(maskJob(told, 'events').data).toEqual({ problem: 'too short for a report' });
    expect(maskJob(told, 'send-events-sms').data).toEqual({ problem: '«22 bytes»' });
  });
});

describe('masking answers', () => {
  it('masks the jobs of every queue in the list', () => {
    const shown = answer('/api/queues', {
      queues: [{ name: 'send-default-sms', counts: { waiting: 1 }, jobs: [job] }],
    });
    expect(shown).toContain('"counts":{"waiting":1}');
    expect(shown).not.toContain('planted');
  });

  it('masks one job, its logs, its flow and schedulers', () => {
    const node = { id: 'm-1', name: SECRET, progress: SECRET, state: 'failed', queueName: 'q', children: [] };
    const shown = [
      answer('/api/queues/:queueName/:jobId', { job, status: 'failed' }),
      answer('/api/queues/:queueName/:jobId/logs', [SECRET]),
      answer('/api/queues/:queueName/:jobId/flow', {
        nodeId: 'm-1',
        isFlowNode: true,
        flowRoot: { ...node, ignoredChildFailureReasons: { a: SECRET }, children: [node] },
      }),
      answer('/api/job-schedulers', {
        schedulers: [
          { id: 'hourly-01012345678', name: SECRET, pattern: SECRET, template: { data: { text: SECRET } } },
        ],
      }),
    ].join('\n');
    expect(shown).toContain('"state":"failed"');
    expect(shown).not.toContain('planted');
    expect(shown).not.toContain('01012345678');
  });

  it('knows no route that writes', () => {
    expect(
      [...READABLE_ROUTES.keys()].filter((route) => /retry|clean|promote|add|pause|empty/.test(route)),
    ).toEqual([]);
  });
});
