import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type ConfigurableKind, type PabalConfig, parseConfig } from './config.js';
import { ConfigError, type Mistake } from './config-error.js';

const blockSchema = z.strictObject({
  protocol: z.literal('fax'),
  host: z.string(),
  port: z.int().default(5000),
  password: z.string().min(8),
  crypto: z.strictObject({ key: z.string().length(16), iv: z.string().length(16) }).optional(),
  tag: z
    .string()
    .transform((text) => new TextEncoder().encode(text))
    .optional(),
});

/** A gateway kind of which only the configuration matters. */
const fax = { protocol: 'fax', configSchema: blockSchema };

/** The hash of an API key, of one digit. */
const hash = (digit: string) => `sha256:${digit.repeat(64)}`;

const env = { KEY_HASH: hash('0'), FAX_PASSWORD: 'correct horse', PORT: '6000', EMPTY: '' };
const files: Record<string, string> = {
  '/run/key': '0123456789abcdef\n',
  '/run/empty': '\n',
  '/run/ca': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
  '/run/cert': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
  '/run/tls-key': '-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n',
};

function readSecret(path: string): string {
  const content = files[path];
  if (content === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
  return content;
}

function parse(yaml: string): PabalConfig<typeof fax> {
  return parseConfig(yaml, { source: 'test.yaml', env, readSecret, kinds: [fax] });
}

function failure(yaml: string): ConfigError {
  try {
    parse(yaml);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

function mistakes(yaml: string): readonly Mistake[] {
  return failure(yaml).mistakes;
}

function paths(yaml: string): string[] {
  return mistakes(yaml).map(({ path }) => path);
}

const gateways = 'gateways: { one: { protocol: fax, host: h, password: "${FAX_PASSWORD}" } }\n';

const hook = (change: object = {}) =>
  JSON.stringify({ url: 'https://x', secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', ...change });

describe('a good configuration', () => {
  it('is filled up with defaults', () => {
    expect(parse(gateways)).toEqual({
      redis: { url: 'redis://127.0.0.1:6379', prefix: 'pabal' },
      gateways: {
        one: {
          name: 'one',
          kind: fax,
          config: { protocol: 'fax', host: 'h', port: 5000, password: 'correct horse' },
        },
      },
      routes: { default: { gateways: ['one'], policy: 'balance' } },
      replies: ['results'],
      webhooks: {},
      durability: 'fsync',
      api: {
        host: '127.0.0.1',
        port: 8080,
        keys: [],
        bodyLimit: 8_388_608,
        maxConnections: 2_000,
        requestTimeout: 30_000,
      },
      board: { host: '127.0.0.1', port: 8081, user: 'pabal' },
      logging: { level: 'info' },
      files: { keep: 604_800_000 },
      fleet: {
        reportGrace: 600_000,
        idempotencyWindow: 86_400_000,
        drainLimit: 20_000,
      },
    });
  });

  it('takes every section', () => {
    const config = parse(`
redis: { url: "rediss://redis.example:6380/1", prefix: shop, username: u, password: p, tls: true }
gateways:
  one: { protocol: fax, host: a, port: 7000, password: "\${FAX_PASSWORD}", crypto: { key: "\${file:/run/key}", iv: "fedcba9876543210" } }
  two-b: { protocol: fax, host: b, password: "\${FAX_PASSWORD}" }
routes:
  default: { gateways: [one, two-b] }
  night-run: { gateways: [two-b], policy: failover }
replies: [results-shop, results, results-a-1]
webhooks:
  shop: { url: "https://shop.example/results?key=a", secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }
  inside: { url: "http://10.0.0.5:8080", secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", previousSecret: "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", allowPrivate: true, timeout: 2s, concurrency: 50 }
durability: memory
api: { host: 0.0.0.0, port: 80, keys: [{ name: shop, hash: "\${KEY_HASH}", scopes: [metrics], perSecond: 50, replyTo: shop }], bodyLimit: 65536 }
board: { host: 0.0.0.0, user: me, passwordHash: abc }
logging: { level: debug }
fleet: { reportGrace: 30s, idempotencyWindow: 72h, drainLimit: 0.5s }
`);
    expect(config.gateways.one?.config).toMatchObject({ port: 7000, crypto: { key: '0123456789abcdef' } });
    expect(config.routes['night-run']).toEqual({ gateways: ['two-b'], policy: 'failover' });
    expect(config.replies).toEqual(['results', 'results-shop', 'results-a-1']);
    expect(config.webhooks.shop).toEqual({
      url: 'https://shop.example/results?key=a',
      secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      allowPrivate: false,
      timeout: 10_000,
      concurrency: 10,
    });
    expect(config.webhooks.inside).toMatchObject({ allowPrivate: true, timeout: 2_000, concurrency: 50 });
    expect(config.fleet).toEqual({ reportGrace: 30_000, idempotencyWindow: 259_200_000, drainLimit: 500 });
  });

  it('takes sentinels instead of the default url', () => {
    const sentinels = { name: 'main', nodes: [{ host: 'a', port: 26_379 }] };
    const { redis } = parse(
      `${gateways}redis: { sentinels: { name: main, nodes: [{ host: a, port: 26379 }] } }`,
    );
    expect(redis).toEqual({ sentinels, prefix: 'pabal' });
  });

  it.each([
    ['', '{pabal}'],
    ['prefix: shop, ', '{shop}'],
    ['prefix: "{kt}-2", ', '{kt}-2'],
  ])('in a cluster with "%s" has the prefix %s: all keys of a fleet lie in one slot', (given, prefix) => {
    const { redis } = parse(`${gateways}redis: { ${given}cluster: { nodes: [{ host: a, port: 7000 }] } }`);
    expect(redis).toEqual({ cluster: { nodes: [{ host: 'a', port: 7000 }] }, prefix });
  });

  it('takes certificates from files, or the word true', () => {
    const tls = (block: string) => parse(`${gateways}redis: { url: "rediss://h", tls: ${block} }`).redis.tls;
    const pem = (what: string) => `-----BEGIN ${what}-----\nAAAA\n-----END ${what}-----`;
    const block = `{ ca: "\${file:/run/ca}", cert: "\${file:/run/cert}", key: "\${file:/run/tls-key}", servername: r }`;
    expect(tls(block)).toEqual({
      ca: pem('CERTIFICATE'),
      cert: pem('CERTIFICATE'),
      key: pem('EC PRIVATE KEY'),
      servername: 'r',
    });
    expect(tls('true')).toEqual({});
    expect(tls('false')).toBeUndefined();
  });

  it('is frozen to its leaves, but for bytes', () => {
    const config = parse('gateways: { one: { protocol: fax, host: h, password: longenough, tag: ab } }');
    expect(Object.isFrozen(config.routes.default?.gateways)).toBe(true);
    expect(Object.isFrozen(config.fleet)).toBe(true);
    expect(Object.isFrozen(config.gateways.one?.config)).toBe(true);
    expect(() => Object.assign(config.redis, { prefix: 'other' })).toThrow(TypeError);
  });

  it.each(['api:', 'api: { host: localhost }', 'board: { host: "::1", port: 0 }'])(
    'may say %s',
    (section) => {
      expect(() => parse(`${gateways}${section}\n`)).not.toThrow();
    },
  );
});

describe('a bad configuration', () => {
  it('lists its twelve mistakes at once, each with its path', () => {
    const error = failure(`
redis: { url: "http://127.0.0.1" }
gateways:
  one: { protocol: fax, host: h, password: "\${FAX_PASSWORT}", crypto: { key: short, iv: "fedcba9876543210" } }
  urgent-two: { protocol: telex }
routes:
  default: { gateways: [one, three], policy: random }
replies: [answers]
api: { host: 0.0.0.0 }
board: { host: 0.0.0.0 }
fleet: { drainLimit: soon }
logs: { level: info }
`);
    expect(error.mistakes.map(({ path }) => path).sort()).toEqual([
      'api.keys',
      'board.password',
      'fleet.drainLimit',
      'gateways.one.crypto.key',
      'gateways.one.password',
      'gateways.urgent-two',
      'gateways.urgent-two.protocol',
      'logs',
      'redis.url',
      'replies.0',
      'routes.default.gateways.1',
      'routes.default.policy',
    ]);
    expect(error.code).toBe('config');
    expect(error.message).toContain('test.yaml has 12 mistakes');
    expect(error.message).toContain(
      '  gateways.one.password: the environment variable FAX_PASSWORT is not set',
    );
  });

  it.each<[string, string, string, string]>([
    ['an unknown option', 'redis: { urll: "redis://h" }', 'redis.urll', 'is not a known option'],
    [
      'two ways to Redis',
      'redis: { url: "redis://h", sentinels: { name: main, nodes: [{ host: a, port: 1 }] } }',
      'redis',
      'must have only one of url and sentinels',
    ],
    [
      'a url beside a cluster',
      'redis: { url: "redis://h", cluster: { nodes: [{ host: a, port: 1 }] } }',
      'redis',
      'must have only one of url and cluster',
    ],
    [
      'a prefix with half a hash tag in a cluster',
      'redis: { prefix: "{a", cluster: { nodes: [{ host: a, port: 1 }] } }',
      'redis.prefix',
      'one hash tag',
    ],
    ['a file name for a certificate', 'redis: { tls: { ca: ca.pem } }', 'redis.tls.ca', 'PEM text'],
    [
      'a certificate without its key',
      'redis: { url: "rediss://h", tls: { cert: "-----BEGIN CERTIFICATE-----" } }',
      'redis.tls.key',
      'belong together',
    ],
    ['a prefix with a colon', 'redis: { prefix: "a:b" }', 'redis.prefix', 'must be 1 to 40 characters'],
    [
      'a route to an unknown gateway',
      'routes: { default: { gateways: [two] } }',
      'routes.default.gateways.0',
      'is not a gateway',
    ],
    [
      'a gateway twice in a route',
      'routes: { default: { gateways: [one, one] } }',
      'routes.default.gateways.1',
      'twice',
    ],
    [
      'a route without gateways',
      'routes: { default: { gateways: [] } }',
      'routes.default.gateways',
      'must have at least 1 entry',
    ],
    ['a route in capitals', 'routes: { Default: { gateways: [one] } }', 'routes.Default', 'a name must be'],
    ['no routes', 'routes: {}', 'routes', 'at least one route'],
    ['a reply queue in capitals', 'replies: [results-Shop]', 'replies.0', 'results-<name>'],
    ['a webhook in capitals', `webhooks: { Shop: ${hook()} }`, 'webhooks.Shop', 'a name must be'],
    ['a webhook over FTP', `webhooks: { a: ${hook({ url: 'ftp://x' })} }`, 'webhooks.a.url', 'http'],
    [
      'a webhook with a user',
      `webhooks: { a: ${hook({ url: 'https://u@x' })} }`,
      'webhooks.a.url',
      'without user',
    ],
    [
      'a short secret',
      `webhooks: { a: ${hook({ secret: 'whsec_c2hvcnQ=' })} }`,
      'webhooks.a.secret',
      '24 to 64',
    ],
    [
      'a secret that is no Base64',
      `webhooks: { a: ${hook({ secret: `whsec_${'가'.repeat(32)}` })} }`,
      'webhooks.a.secret',
      '24 to 64',
    ],
    [
      'a webhook that is given an hour',
      `webhooks: { a: ${hook({ timeout: '1h' })} }`,
      'webhooks.a.timeout',
      '60000',
    ],
    ['an unknown durability', 'durability: disk', 'durability', 'fsync'],
    ['a port out of range', 'api: { port: 65536 }', 'api.port', '65535'],
    [
      'two keys of one name',
      `api: { keys: [{ name: a, hash: ${hash('a')} }, { name: a, hash: ${hash('b')} }] }`,
      'api.keys.1.name',
      'twice',
    ],
    [
      'one key under two names',
      `api: { keys: [{ name: a, hash: ${hash('a')} }, { name: b, hash: ${hash('a')} }] }`,
      'api.keys.1.hash',
      'twice',
    ],
    [
      'a key in place of its hash',
      'api: { keys: [{ name: a, hash: pabal_x }] }',
      'api.keys.0.hash',
      'sha256:',
    ],
    [
      'a key whose results have no queue',
      `api: { keys: [{ name: a, hash: ${hash('a')}, replyTo: shop }] }`,
      'api.keys.0.replyTo',
      'results-<replyTo>',
    ],
    ['both kinds of password', 'board: { password: a, passwordHash: b }', 'board.passwordHash', 'beside'],
    ['a negative duration', 'fleet: { reportGrace: -1 }', 'fleet.reportGrace', ''],
    ['a section of the wrong type', 'logging: info', 'logging', 'must be a block of options'],
  ])('with %s is refused at its path', (_name, section, path, message) => {
    expect(mistakes(`${gateways}${section}\n`)).toMatchObject([
      { path, message: expect.stringContaining(message) },
    ]);
  });

  it.each<[string, string, string]>([
    ['no gateways', 'durability: fsync', 'gateways'],
    ['gateways that are a list', 'gateways: [fax]', 'gateways'],
    ['a gateway that is no block', 'gateways: { one: fax }', 'gateways.one'],
    ['a gateway without protocol', 'gateways: { one: { host: h } }', 'gateways.one.protocol'],
    [
      'a gateway called urgent',
      'gateways: { urgent: { protocol: fax, host: h, password: longenough } }',
      'gateways.urgent',
    ],
    [
      'a gateway with a dot',
      'gateways: { a.b: { protocol: fax, host: h, password: longenough } }',
      'gateways.a.b',
    ],
    ['a missing option', 'gateways: { one: { protocol: fax, password: longenough } }', 'gateways.one.host'],
    ['a list as its root', '- a', ''],
    ['nothing at all', '', 'gateways'],
  ])('with %s is refused', (_name, yaml, path) => {
    expect(paths(yaml)).toEqual([path]);
  });

  it('checks the routes also where a gateway they name has mistakes of its own', () => {
    expect(paths('gateways: { one: { protocol: fax } }\nroutes: { default: { gateways: [one] } }')).toEqual([
      'gateways.one.host',
      'gateways.one.password',
    ]);
  });
});

describe('references', () => {
  it('are taken from the environment and from files, also inside a text, and may be escaped', () => {
    const { config } = parse(
      'gateways: { one: { protocol: fax, host: "a-${PORT}-$${PORT}", password: "${file:/run/key}${PORT}" } }',
    ).gateways.one as { config: unknown };
    expect(config).toMatchObject({ host: 'a-6000-${PORT}', password: '0123456789abcdef6000' });
  });

  it('are typed as if written there when they stand unquoted', () => {
    const block = (port: string) =>
      `gateways:\n  one:\n    protocol: fax\n    host: h\n    password: longenough\n    port: ${port}\n`;
    expect(parse(block('${PORT}')).gateways.one?.config).toMatchObject({ port: 6000 });
    expect(mistakes(block('"${PORT}"'))).toEqual([
      { path: 'gateways.one.port', message: 'must be a number' },
    ]);
  });

  it('follow an alias to its anchor', () => {
    const yaml = 'gateways:\n  one: &g { protocol: fax, host: h, password: "${FAX_PASSWORD}" }\n  two: *g\n';
    expect(parse(yaml).gateways.two?.config).toMatchObject({ password: 'correct horse' });
  });

  it.each([
    ['${NOWHERE}', 'the environment variable NOWHERE is not set'],
    ['${EMPTY}', 'the environment variable EMPTY is empty'],
    ['${file:/run/none}', 'the file /run/none cannot be read (ENOENT)'],
    ['${file:/run/empty}', 'the file /run/empty is empty'],
    ['${two words}', 'a reference must be ${NAME} or ${file:PATH}; $${ stands for ${ itself'],
  ])('%s is a mistake once, at its path', (reference, message) => {
    const yaml = `gateways: { one: { protocol: fax, host: h, password: longenough, crypto: { key: "${reference}", iv: "fedcba9876543210" } } }`;
    expect(mistakes(yaml)).toEqual([{ path: 'gateways.one.crypto.key', message }]);
  });
});

describe('an error text', () => {
  it('holds no value, written or substituted', () => {
    const quoting = {
      protocol: 'quoting',
      configSchema: z.object({ password: z.string() }).check((context) => {
        context.issues.push({
          code: 'custom',
          input: context.value,
          path: ['password'],
          message: `${context.value.password} is too common`,
        });
      }),
    };
    const yaml =
      'gateways: { one: { protocol: quoting, password: "${FAX_PASSWORD}" }, two: { protocol: fax, password: hunter2, host: 5 } }';
    const act = () =>
      parseConfig(yaml, { source: 's', env, readSecret, kinds: [fax as ConfigurableKind, quoting] });
    expect(act).toThrow('gateways.one.password: [secret] is too common');
    expect(act).toThrow(
      expect.objectContaining({ message: expect.not.stringMatching(/hunter2|correct horse/) }),
    );
  });

  it('of bad YAML names the place, not the line', () => {
    expect(mistakes('gateways:\n  one: { password: hunter2\nx: [')[0]?.path).toBe('');
    const { message } = failure('gateways:\n  one: { password: hunter2\nx: [');
    expect(message).toMatch(/not valid YAML at line \d+, column \d+ \([a-z-]+\)/);
    expect(message).not.toContain('hunter2');
    expect(mistakes('a: *hunter2')).toMatchObject([{ path: '', message: expect.stringContaining('anchor') }]);
    expect(failure('a: *hunter2').message).not.toContain('hunter2');
  });
});
