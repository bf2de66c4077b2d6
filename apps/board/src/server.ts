import { isLoopback, type Logger } from '@pabal/runtime';
import type { Clock } from '@pabal/session';
import {
  type FastifyInstance,
  type FastifyPluginCallback,
  type FastifyReply,
  type FastifyRequest,
  fastify,
} from 'fastify';
import { sessionCookie, sessionToken } from './cookie.js';
import { cacheControl, SECURITY_HEADERS, withoutForeignFonts } from './headers.js';
import { LoginGate } from './login-gate.js';
import { loginPage, logoutPage } from './pages.js';
import type { PasswordCheck } from './password.js';
import { Sessions } from './sessions.js';

const FORM_BYTES = 4_096;
const FORM = 'application/x-www-form-urlencoded';
const HTML = 'text/html; charset=utf-8';

export interface ServerOptions {
  /** Without one nobody logs in, and only this machine may ask. */
  readonly check: PasswordCheck | undefined;
  /** What is behind the login. */
  readonly board: FastifyPluginCallback;
  /** Rejects when the board cannot read its queues. */
  readonly ping: () => Promise<void>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** True when the visitor's own connection is encrypted, though this server sits behind what ends the encryption. */
function isSecure(request: FastifyRequest): boolean {
  const forwarded = String(request.headers['x-forwarded-proto'] ?? '').split(',', 1)[0];
  return request.protocol === 'https' || forwarded?.trim() === 'https';
}

/** The `Host` header's name without its port and brackets. */
function hostName(request: FastifyRequest): string {
  return (request.headers.host ?? '').replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1');
}

function wantsPage(request: FastifyRequest): boolean {
  return request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
}

function sendPage(reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply.status(status).type(HTML).send(page);
}

/**
 * The web server of the board: who may see what, and nothing may be changed. Everything but the login and `/healthz`
 * needs a session; every method but GET and HEAD is refused, except for the two forms.
 */
export function makeServer({ check, board, ping, clock, log }: ServerOptions): FastifyInstance {
  // Only a proxy on this machine is believed about whom it speaks for: others could name any address as theirs.
  const app = fastify({ trustProxy: 'loopback', bodyLimit: FORM_BYTES, forceCloseConnections: true });
  const sessions = new Sessions(clock);
  const gate = new LoginGate(clock);

  app.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, body, done) => {
    done(null, new URLSearchParams(String(body)));
  });
  app.setErrorHandler<Error & { statusCode?: number }>((error, _request, reply) => {
    const status = error.statusCode !== undefined && error.statusCode < 500 ? error.statusCode : 500;
    if (status === 500) log.error({ error: error.name }, 'board.failed');
    return reply
      .status(status)
      .send({ error: status === 500 ? 'An error of our own' : 'Not a valid request' });
  });
  app.setNotFoundHandler((_request, reply) => reply.status(404).send({ error: 'No such page' }));

  app.addHook('onRequest', async (request, reply) => {
    const route = request.routeOptions.url;
    if (route === '/healthz' && isReading(request)) return;
    if (check === undefined && !isLoopback(hostName(request))) {
      // A page elsewhere could have its own name point here, and read what only this machine may.
      return reply.status(403).send({ error: 'Without a password the board answers to localhost only' });
    }
    const isForm = request.method === 'POST' && (route === '/login' || route === '/logout');
    if (!isReading(request) && !isForm) {
      return reply.status(405).header('allow', 'GET, HEAD').send({ error: 'The board only reads' });
    }
    if (check === undefined || route === '/login') return;
    const token = sessionToken(request.headers.cookie);
    if (token !== undefined && sessions.use(token)) return;
    if (wantsPage(request)) return reply.redirect('/login', 303);
    return reply.status(401).send({ error: 'Sign in first: reload the page' });
  });

  app.addHook('onSend', async (request, reply, payload) => {
    reply.headers({ ...SECURITY_HEADERS, 'cache-control': cacheControl(request.url) });
    const isPage = String(reply.getHeader('content-type')).startsWith('text/html');
    return isPage && typeof payload === 'string' ? withoutForeignFonts(payload) : payload;
  });

  app.get('/healthz', async (_request, reply) => {
    try {
      await ping();
      return { status: 'ok' };
    } catch {
      return reply.status(503).send({ status: 'no-redis' });
    }
  });

  app.get('/login', async (request, reply) => {
    const token = sessionToken(request.headers.cookie);
    const known = check === undefined || (token !== undefined && sessions.use(token));
    return known ? reply.redirect('/', 303) : sendPage(reply, 200, loginPage());
  });

  app.post('/login', async (request, reply) => {
    if (check === undefined) return reply.redirect('/', 303);
    const wait = gate.begin(request.ip);
    if (wait > 0) {
      const seconds = Math.ceil(wait / 1_000);
      reply.header('retry-after', seconds);
      return sendPage(reply, 429, loginPage({ kind: 'wait', seconds }));
    }
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    if (!(await check(form.get('user') ?? '', form.get('password') ?? ''))) {
      log.warn({ address: request.ip }, 'board.loginRefused');
      return sendPage(reply, 401, loginPage({ kind: 'wrong' }));
    }
    gate.succeeded(request.ip);
    log.info({ address: request.ip }, 'board.login');
    reply.header('set-cookie', sessionCookie(sessions.open(), isSecure(request)));
    return reply.redirect('/', 303);
  });

  app.get('/logout', async (_request, reply) =>
    check === undefined ? reply.redirect('/', 303) : sendPage(reply, 200, logoutPage()),
  );

  app.post('/logout', async (request, reply) => {
    const token = sessionToken(request.headers.cookie);
    if (token !== undefined) sessions.close(token);
    reply.header('set-cookie', sessionCookie(undefined, isSecure(request)));
    return reply.redirect('/login', 303);
  });

  app.register(board);
  return app;
}

function isReading(request: FastifyRequest): boolean {
  return request.method === 'GET' || request.method === 'HEAD';
}
