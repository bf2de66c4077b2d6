import type { Mistake } from './config-error.js';
import { NAME, NAME_CHARACTERS, type Sections } from './config-schema.js';

const REPLY_PREFIX = 'results-';

function isName(name: string): boolean {
  return name.length <= NAME_CHARACTERS && NAME.test(name);
}

function nameMistake(path: string): Mistake {
  const message = `a name must be 1 to ${NAME_CHARACTERS} characters of a-z, 0-9 and single hyphens between them`;
  return { path, message };
}

/**
 * Queues are called `<kind>-<name>-<channel>`. Channels have no hyphen, so the last part is the channel; of the kinds only
 * `to` and `to-urgent` begin alike, so that a gateway must not begin with `urgent`.
 */
function gatewayNameMistakes(gateways: readonly string[]): Mistake[] {
  return gateways.flatMap((name) => {
    const path = `gateways.${name}`;
    if (!isName(name)) return [nameMistake(path)];
    if (name !== 'urgent' && !name.startsWith('urgent-')) return [];
    return [
      {
        path,
        message: "a gateway's name must not start with urgent: its queues would look like urgent ones",
      },
    ];
  });
}

function routeMistakes(routes: Sections['routes']): Mistake[] {
  if (Object.keys(routes).length === 0) return [{ path: 'routes', message: 'must have at least one route' }];
  return Object.entries(routes).flatMap(([name, route]) => {
    const path = `routes.${name}`;
    const members = route.gateways.flatMap((gateway, index): Mistake[] => {
      const place = `${path}.gateways.${index}`;
      return route.gateways.indexOf(gateway) < index
        ? [{ path: place, message: 'stands twice in this route' }]
        : [];
    });
    return isName(name) ? members : [nameMistake(path), ...members];
  });
}

function replyMistakes(replies: readonly string[]): Mistake[] {
  return replies.flatMap((reply, index) => {
    const named = reply.startsWith(REPLY_PREFIX) && isName(reply.slice(REPLY_PREFIX.length));
    if (reply === 'results' || named) return [];
    return [{ path: `replies.${index}`, message: 'must be results, or results-<name> in lower case' }];
  });
}

function webhookMistakes(webhooks: Sections['webhooks']): Mistake[] {
  return Object.keys(webhooks).flatMap((name) => (isName(name) ? [] : [nameMistake(`webhooks.${name}`)]));
}

function redisMistakes(redis: Sections['redis']): Mistake[] {
  const mistakes: Mistake[] = [];
  const given = (['url', 'sentinels', 'cluster'] as const).filter((way) => redis[way] !== undefined);
  if (given.length > 1) {
    mistakes.push({ path: 'redis', message: `must have only one of ${given.join(' and ')}` });
  }
  if (redis.cluster && !/^[^{}]*\{[^{}]+\}[^{}]*$/.test(redis.prefix)) {
    mistakes.push({
      path: 'redis.prefix',
      message: 'must be without braces, or with one hash tag: {name}',
    });
  }
  const { tls } = redis;
  if (tls && (tls.cert === undefined) !== (tls.key === undefined)) {
    mistakes.push({
      path: `redis.tls.${tls.cert === undefined ? 'cert' : 'key'}`,
      message: 'is required: a certificate and its key belong together',
    });
  }
  return mistakes;
}

/** True for a host that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function apiMistakes(
  { host, keys }: Sections['api'],
  { replies, webhooks }: Partial<Sections>,
): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  if (keys.length === 0 && !isLoopback(host)) {
    mistakes.push({ path: 'api.keys', message: 'is required unless api.host is a loopback address' });
  }
  keys.forEach(({ name, hash, replyTo, webhook }, index) => {
    const path = `api.keys.${index}`;
    const before = keys.slice(0, index);
    if (before.some((key) => key.name === name))
      mistakes.push({ path: `${path}.name`, message: 'stands twice' });
    if (before.some((key) => key.hash === hash))
      mistakes.push({ path: `${path}.hash`, message: 'stands twice' });
    if (replyTo !== undefined && replies?.includes(`${REPLY_PREFIX}${replyTo}`) === false) {
      mistakes.push({ path: `${path}.replyTo`, message: `needs ${REPLY_PREFIX}<replyTo> among replies` });
    }
    if (webhook !== undefined && webhooks !== undefined && !Object.hasOwn(webhooks, webhook)) {
      mistakes.push({ path: `${path}.webhook`, message: 'is not one of webhooks' });
    }
    if (replyTo !== undefined && webhook !== undefined) {
      mistakes.push({ path: `${path}.webhook`, message: 'must not stand beside replyTo' });
    }
  });
  return mistakes;
}

function doorMistakes(sections: Partial<Sections>): Mistake[] {
  const { api, board } = sections;
  const mistakes: Mistake[] = api ? [...apiMistakes(api, sections)] : [];
  if (board?.password !== undefined && board.passwordHash !== undefined) {
    mistakes.push({ path: 'board.passwordHash', message: 'must not stand beside board.password' });
  }
  const open = board && board.password === undefined && board.passwordHash === undefined;
  if (open && !isLoopback(board.host)) {
    mistakes.push({ path: 'board.password', message: 'is required unless board.host is a loopback address' });
  }
  return mistakes;
}

/** The mistakes that no section shows alone. Sections that could not be parsed are left out; their mistakes are known. */
export function crossCheck(sections: Partial<Sections>, gateways: readonly string[]): Mistake[] {
  const { redis, routes, replies, webhooks } = sections;
  return [
    ...(redis ? redisMistakes(redis) : []),
    ...gatewayNameMistakes(gateways),
    ...(routes ? routeMistakes(routes) : []),
    ...(replies ? replyMistakes(replies) : []),
    ...(webhooks ? webhookMistakes(webhooks) : []),
    ...doorMistakes(sections),
  ];
}
