import { describe, expect, it } from '@jest/globals';
import { createLogger } from '@pabal/runtime';
import { FakeClock } from '@pabal/session';
import type { FastifyPluginCallback } from 'fastify';
import { passwordCheck } from './password.js';
import { makeServer } from './server.js';

const PASSWORD = 'open sesame';

/** Stands in for Bull Board: one page, one answer, one way to change something. */
const board: FastifyPluginCallback = (app, _options, done) => {
  app.get('/', (_request, reply) =>
    reply.type('text/html').send('<link href="https://fonts.googleapis.com/x">board'),
  );
  app.get('/api/queues', () => ({ queues: [] }));
  app.put('/api/queues/pause', () => 'paused');
  done();
};

function server(options: { open?: boolean; redis?: 'away' } = {}) {
  const clock = new FakeClock();
  const lines: string[] = [];
  const app = makeServer({
    check: options.open ? undefined : passwordCheck({ user: 'pabal', password: PASSWORD }),
    board,
    ping: () => (options.redis === 'away' ? Promise.reject(new Error('away')) : Promise.resolve()),
    clock,
    log: createLogger({
      level: 'info',
      name: 'test',
      destination: { write: (line) => void lines.push(line) },
    }),
  });
  const login = (password: string, headers: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url: '/login',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: new URLSearchParams({ user: 'pabal', password }).toString(),
    });
  const enter = async () => ({
    cookie: String((await login(PASSWORD)).headers['set-cookie']).split(';')[0] ?? '',
  });
  return { app, clock, lines, login, enter };
}

describe('without a session', () => {
  it('sends a browser to the login and refuses programs, also where there is no page', async () => {
    const { app } = server();
    const page = await app.inject({ url: '/', headers: { accept: 'text/html' } });
    expect([page.statusCode, page.headers.location]).toEqual([303, '/login']);
    for (const url of ['/', '/api/queues', '/nowhere', '/%6Cogout']) {
      expect((await app.inject({ url })).statusCode).toBe(401);
    }
  });

  it('takes no cookie that it has not given', async () => {
    const { app } = server();
    const answer = await app.inject({ url: '/api/queues', headers: { cookie: 'pabal_board=invented' } });
    expect(answer.statusCode).toBe(401);
  });

  it('tells whether it is well', async () => {
    expect((await server().app.inject({ url: '/healthz' })).json()).toEqual({ status: 'ok' });
    const away = await server({ redis: 'away' }).app.inject({ url: '/healthz' });
    expect([away.statusCode, away.json()]).toEqual([503, { status: 'no-redis' }]);
  });
});

describe('the login', () => {
  it('opens the board with the right password until the logout', async () => {
    const { app, enter } = server();
    const headers = await enter();
    expect((await app.inject({ url: '/api/queues', headers })).statusCode).toBe(200);
    expect((await app.inject({ url: '/logout', headers })).body).toContain('method="post"');
    expect((await app.inject({ url: '/api/queues', headers })).statusCode).toBe(200);
    const left = await app.inject({ method: 'POST', url: '/logout', headers });
    expect([left.statusCode, left.headers.location]).toEqual([303, '/login']);
    expect((await app.inject({ url: '/api/queues', headers })).statusCode).toBe(401);
  });

  it('gives no cookie for a wrong password, and neither repeats nor logs it', async () => {
    const { login, lines } = server();
    const answer = await login('<b>wrong one</b>');
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.body).toContain('Name or password is wrong.');
    expect(answer.body + lines.join('')).not.toContain('wrong one');
  });

  it('makes who guesses wait, and does not look at the password meanwhile', async () => {
    const { login, clock } = server();
    for (let i = 0; i < 4; i++) expect((await login('guess')).statusCode).toBe(401);
    const early = await login(PASSWORD);
    expect([early.statusCode, early.headers['retry-after']]).toEqual([429, '1']);
    expect(early.headers['set-cookie']).toBeUndefined();
    clock.advance(1_000);
    expect((await login(PASSWORD)).statusCode).toBe(303);
  });

  it('marks its cookie for encrypted connections behind a proxy that encrypts', async () => {
    const { login } = server();
    expect((await login(PASSWORD)).headers['set-cookie']).not.toContain('Secure');
    expect((await login(PASSWORD, { 'x-forwarded-proto': 'https' })).headers['set-cookie']).toContain(
      'Secure',
    );
  });

  it('refuses a form that is too long or none at all', async () => {
    const { app, login } = server();
    expect((await login('x'.repeat(5_000))).statusCode).toBe(413);
    const other = await app.inject({
      method: 'POST',
      url: '/login',
      payload: { user: 'pabal', password: PASSWORD },
    });
    expect(other.statusCode).toBe(401);
  });
});

describe('with a session', () => {
  it('refuses every method that could change something', async () => {
    const { app, enter } = server();
    const headers = await enter();
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      const answer = await app.inject({ method, url: '/api/queues/pause', headers });
      expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'GET, HEAD']);
    }
  });

  it('is not kept by caches, framed, or loaded with anything from elsewhere', async () => {
    const { app, enter } = server();
    const answer = await app.inject({ url: '/', headers: await enter() });
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("script-src 'self';"),
    });
    expect(answer.body).toBe('board');
  });
});

describe('a board without a password', () => {
  it('answers to this machine', async () => {
    const { app } = server({ open: true });
    for (const host of ['localhost:8081', '127.0.0.1:8081', '[::1]:8081']) {
      expect((await app.inject({ url: '/api/queues', headers: { host } })).statusCode).toBe(200);
    }
  });

  it('does not answer to a foreign name that was pointed at it', async () => {
    const { app } = server({ open: true });
    const answer = await app.inject({ url: '/api/queues', headers: { host: 'rebound.example:8081' } });
    expect(answer.statusCode).toBe(403);
  });

  it('changes nothing either', async () => {
    const { app } = server({ open: true });
    const headers = { host: 'localhost' };
    expect((await app.inject({ method: 'PUT', url: '/api/queues/pause', headers })).statusCode).toBe(405);
  });
});
