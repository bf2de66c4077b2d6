import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { describedApi } from '../apps/api/src/index.ts';
import { allCommands, COMMANDS } from '../apps/cli/src/commands/index.ts';
import { commandHelp } from '../apps/cli/src/help.ts';
import { fateKeys } from '../packages/fate/src/keys.ts';
import { fileKey } from '../packages/files/src/file-store.ts';
import { GATEWAY_KINDS } from '../packages/fleet/src/gateway-kinds.ts';
import { configSchema as lghvConfigSchema } from '../packages/gateway-lghv/src/config.ts';
import { configSchema as smtntConfigSchema } from '../packages/gateway-smtnt/src/config.ts';
import * as message from '../packages/message/src/index.ts';
import { MAX_TTL_SECONDS } from '../packages/message/src/message-schema.ts';
import * as protocolLghv from '../packages/protocol-lghv/src/index.ts';
import * as protocolSmtnt from '../packages/protocol-smtnt/src/index.ts';
import * as queues from '../packages/queues/src/catalogue.ts';
import { sectionSchemas } from '../packages/runtime/src/config-schema.ts';
import { parseConfig } from '../packages/runtime/src/index.ts';
import { durationSchema } from '../packages/session/src/index.ts';
import { GIVE_UP_AFTER_MS, MAX_RETRY_AFTER_MS, RETRY_DELAYS_MS } from '../packages/webhooks/src/retry.ts';
import { blockNames, tableRows, withBlocks } from './lib/docs/blocks.mjs';
import { loggedEvents, queuedEvents } from './lib/docs/events.mjs';
import { madeParts, PAGES } from './lib/docs/made.mjs';
import { durationText } from './lib/docs/options.mjs';
import { madeSchemas, SCHEMA_FOLDER } from './lib/docs/schemas.mjs';
import { LAYERS } from './lib/layers.mjs';
import { readWorkspace } from './lib/workspace.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const commands = await allCommands();
const read = (path) => readFileSync(join(ROOT, path), 'utf8');
const DOCS = readdirSync(join(ROOT, 'docs'))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`);
const ALL = ['README.md', 'README.ko.md', ...DOCS];
/** The first cells of a page's table rows. */
const firstCells = (page) => tableRows(page).map(([first]) => first);
const unique = (values) => [...new Set(values)].sort();
const codeBlocks = (page, language) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, code]) => code);

describe('the made parts of the pages', () => {
  const parts = madeParts({
    ...message,
    ...protocolLghv,
    ...protocolSmtnt,
    sectionSchemas,
    durationSchema,
    lghvConfigSchema,
    smtntConfigSchema,
    commands,
    commandHelp,
    describedApi,
    LAYERS,
  });

  it.each(PAGES)('%s says what the code says (npm run docs writes it)', (page) => {
    expect(read(page)).toBe(withBlocks(read(page), parts));
  });

  it('leave out no section, gateway or table', () => {
    expect(unique(PAGES.flatMap((page) => blockNames(read(page))))).toEqual(unique(Object.keys(parts)));
  });
});

describe('the JSON Schemas', () => {
  const made = madeSchemas(message);

  it('are those of the code (npm run docs writes them), and no others lie beside them', () => {
    const files = readdirSync(join(ROOT, SCHEMA_FOLDER)).map((name) => `${SCHEMA_FOLDER}/${name}`);
    expect(Object.fromEntries(files.map((file) => [file, read(file)]))).toEqual(made);
  });

  it.each(Object.entries(made))('%s says what it is, and is self-contained', (_, text) => {
    const schema = JSON.parse(text);
    expect(schema).toMatchObject({
      title: expect.stringMatching(/^Pabal \w+ v1$/),
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
    });
    const references = [...text.matchAll(/"\$ref": "([^"]*)"/g)].map(([, reference]) => reference);
    expect(references.filter((reference) => !reference.startsWith('#'))).toEqual([]);
  });
});

describe('the page of the architecture', () => {
  const page = read('docs/architecture.md');

  it('lists every package of the workspace, and no other', () => {
    const packages = page.slice(page.indexOf('## Packages'), page.indexOf('Which may use which'));
    const listed = firstCells(packages).slice(1);
    expect(unique(listed)).toEqual(unique(readWorkspace(ROOT).map(({ folder }) => folder)));
  });

  it('lists every key in Redis, and no other', () => {
    const keys = fateKeys('pabal');
    const patterns = {
      record: keys.record('<id>'),
      wire: keys.wire('<gateway>', '<account>', '<wire id>'),
      outbox: keys.outbox,
      nextSteps: keys.nextSteps,
      deadlines: keys.deadlines('<gateway>'),
      path: keys.path('<gateway>'),
      pathUp: keys.pathUp('<gateway>', '<account>', '<agent>'),
      graves: keys.graves,
      parked: keys.parked,
      lease: keys.lease('<resource>'),
      leaseEpoch: keys.leaseEpoch('<resource>'),
      leaseReleased: keys.leaseReleased('<resource>'),
      rests: keys.rests('<resource>'),
      run: keys.run,
      catalogue: keys.catalogue,
      members: keys.members('<role>'),
      optOut: 'pabal:opt-out:<hash of the recipient>',
      recipientBurst: 'pabal:burst:<gateway>/<account>:<hash of the recipient>',
      optOuts: keys.optOuts,
      memory: keys.memory('<gateway>', '<key>'),
      circuit: keys.circuit('<gateway>'),
      jobLock: keys.jobLock('<queue>', '<job id>'),
      job: keys.job('<queue>', '<job id>'),
      batched: keys.batched,
      deduplication: keys.deduplication('<queue>', '<id>'),
    };
    expect(Object.keys(patterns).sort()).toEqual(
      Object.keys(keys)
        .filter((name) => name !== 'prefix')
        .sort(),
    );
    const listed = firstCells(page).filter((cell) => cell.startsWith('pabal:'));
    // The keys beside those of the fate: one of the fleet, two of the API, one of the file store.
    expect(read('packages/fleet/src/status.ts')).toContain(':status:');
    expect(read('apps/api/src/rate-limit.ts')).toContain(':api-rate:');
    expect(read('apps/api/src/idempotency.ts')).toContain(':idempotency:');
    const api = ['pabal:api-rate:<key>', 'pabal:idempotency:<hash>'];
    const others = ['pabal:status:<owner>', ...api, fileKey('pabal', '<id>')];
    expect(unique(listed)).toEqual(unique([...Object.values(patterns), ...others]));
  });
});

describe('the page of operations', () => {
  const rows = tableRows(read('docs/operations.md'))
    .map(([event, level]) => ({ event: event.replaceAll('*', ''), level }))
    .filter(({ event }) => /^[a-z]+\.[a-zA-Z]+$/.test(event));
  const logged = loggedEvents(ROOT);
  /** `store.${event.kind}` may be any of its prefix. */
  const means = (name, event) =>
    event.endsWith('${') ? name.startsWith(event.slice(0, -2)) : name === event;

  it('finds the events in the sources', () => {
    expect(logged.length).toBeGreaterThan(40);
  });

  it('lists every event that is logged, and no other', () => {
    const missing = logged.filter(({ event }) => !rows.some((row) => means(row.event, event)));
    const invented = rows.filter((row) => !logged.some(({ event }) => means(row.event, event)));
    expect({ missing, invented }).toEqual({ missing: [], invented: [] });
  });

  it('names the levels at which each event is logged', () => {
    const wrong = logged.filter(
      ({ event, level }) =>
        level !== undefined &&
        !rows.some((row) => row.event === event && row.level.split(', ').includes(level)),
    );
    expect(wrong).toEqual([]);
  });
});

describe('the page of queues', () => {
  const page = read('docs/queues.md');

  it('lists every event of the queue events, and no other', () => {
    const events = page.slice(page.indexOf('## Events'), page.indexOf('## How jobs are held'));
    expect(unique(firstCells(events).slice(1))).toEqual(unique(queuedEvents(ROOT)));
  });

  it('names queues, jobs and times as the catalogue has them', () => {
    const { JOB, JOB_PRIORITY, LOCK_DURATION_MS, LOCK_RENEW_MS, RETENTION, STALLED_CHECK_MS } = queues;
    const listed = firstCells(page);
    const channel = '<channel>';
    for (const queue of [
      queues.queueName(queues.sendQueue('<route>', channel, 'normal')),
      queues.queueName(queues.sendQueue('<route>', channel, 'urgent')),
      queues.queueName(queues.gatewayQueue('<gateway>', channel, false)),
      queues.queueName(queues.gatewayQueue('<gateway>', channel, true)),
      queues.resultQueue(undefined),
      queues.resultQueue('<name>'),
      queues.WEBHOOKS_QUEUE,
      queues.EVENTS_QUEUE,
    ]) {
      expect(listed).toContain(queue);
    }
    expect(page).toContain(`jobId: \`${queues.messageJobId('${message.id}')}\``);
    expect(page).toContain(`\`${queues.resultJobId('<message id>')}\``);
    expect(page).toContain(`add('${JOB.message}', message`);
    expect(page).toContain(`${JOB_PRIORITY.normal} normal, ${JOB_PRIORITY.bulk} bulk`);
    expect(page).toContain(`age: ${RETENTION.removeOnFail.age}, count: ${RETENTION.removeOnFail.count}`);
    expect(page).toContain(
      `lock of ${LOCK_DURATION_MS / 1000} s, renewed every ${LOCK_RENEW_MS / 1000} s; the jobs of a killed sender are found by a check every ${STALLED_CHECK_MS / 1000} s`,
    );
  });
});

describe('the page of messages and results', () => {
  const page = read('docs/results.md');
  const schemas = message.toJsonSchema();
  const between = (from, to) => firstCells(page.slice(page.indexOf(from), page.indexOf(to))).slice(1);

  it('lists every field of a message', () => {
    expect(unique(between('| message field', '## Result v1'))).toEqual(
      unique(Object.keys(schemas.message.properties)),
    );
  });

  it('lists every field of a result, and every status', () => {
    expect(unique(between('| result field', '| status'))).toEqual(
      unique(Object.keys(schemas.result.properties)),
    );
    expect(unique(between('| status', '## Reasons'))).toEqual(unique(message.RESULT_STATUSES));
  });

  it('shows a message and a result that are what it calls them', () => {
    const [aMessage, aResult] = codeBlocks(page, 'json').map((code) => JSON.parse(code));
    expect(message.parseMessage(aMessage)).toEqual({
      ok: true,
      message: { ...aMessage, priority: 'normal' },
    });
    expect(message.resultV1.parse(aResult)).toEqual(aResult);
    expect(aResult.reason).toEqual(message.reasonOf(aResult.reason.code));
  });
});

describe('the page of messages by channel', () => {
  const page = read('docs/messages.md');
  const examples = codeBlocks(page, 'json').map((code) => JSON.parse(code));
  const { kakao, rcs } = message.toJsonSchema().message.properties;
  /** The rows of the table under this heading: their first cells as the code in them, the others as they are. */
  const table = (heading) => {
    const start = page.indexOf(`| ${heading} |`);
    const lines = page.slice(start, page.indexOf('\n\n', start)).split('\n').slice(2);
    return lines.map((line) => {
      const [first, ...others] = line.slice(1, -1).split('|');
      return [
        [...first.matchAll(/`([^`]+)`/g)].map(([, code]) => code),
        ...others.map((cell) => cell.trim()),
      ];
    });
  };
  const named = (heading) => unique(table(heading).flatMap(([codes]) => codes));
  const types = (list) =>
    unique(list.items.oneOf.flatMap(({ properties: { type } }) => type.enum ?? [type.const]));

  it('has one example for each channel and one of a chain, and each passes as it is', () => {
    const single = examples.filter(({ fallback }) => fallback === undefined);
    expect(single.map(({ channel }) => channel)).toEqual([...message.CHANNELS]);
    expect(examples).toHaveLength(single.length + 1);
    for (const example of examples) {
      const parsed = { v: 1, priority: 'normal', ...example };
      expect(message.parseMessage(example)).toEqual({ ok: true, message: parsed });
    }
  });

  it('lists every channel, every field of the parts, and every type', () => {
    expect(named('channel')).toEqual(unique(message.CHANNELS));
    expect(named('`kakao` field')).toEqual(unique(Object.keys(kakao.properties)));
    expect(named('button `type`')).toEqual(types(kakao.properties.buttons));
    expect(named('`rcs` field')).toEqual(unique(Object.keys(rcs.properties)));
    expect(named('RCS type')).toEqual(unique(message.RCS_TYPES));
  });

  it('says what each answer to a wish to cancel means, and how long a time to live may be', () => {
    const answers = table('the message').map(([, answer]) => answer.match(/^`(\w+)`/)?.[1]);
    expect(unique(answers)).toEqual(['alreadySent', 'alreadySettled', 'cancelled', 'notFound']);
    expect(page).toContain(`1 to ${MAX_TTL_SECONDS.toLocaleString('en')} (60 days)`);
    const at = Date.parse('2026-01-31T00:00:00Z');
    const days = (count) => new Date(at + count * 86_400_000).toISOString();
    const far = message.parseMessage({ ...examples[0], sendAt: days(61) }, { now: at });
    expect(far.problems).toMatchObject([{ field: 'sendAt', limit: days(60), actual: days(61) }]);
    expect(message.parseMessage({ ...examples[0], sendAt: days(60) }, { now: at }).ok).toBe(true);
  });

  it('names the limits that the code has', () => {
    const limits = table('`kakao` field').map(([[field], , , rule]) => {
      const { maxItems, maxLength } = kakao.properties[field];
      const limit = maxItems ?? maxLength;
      return limit === undefined || rule.includes(`at most ${limit}`);
    });
    expect(limits.every(Boolean)).toBe(true);
    for (const [[type], , text] of table('RCS type')) {
      const max = message.RCS_CHARACTERS[type];
      expect(text).toBe(`${max.toLocaleString('en')} characters`);
    }
  });
});

describe('the page of webhooks', () => {
  const page = read('docs/webhooks.md');

  it('tells after which times a delivery is tried again, and when it is dead', () => {
    const start = page.indexOf('| failure |');
    const rows = tableRows(page.slice(start, page.indexOf('\n\n', start))).slice(1);
    const told = rows.flatMap(([failures, after]) => {
      const [from, to = from] = failures.split(' to ').map(Number);
      return Array.from({ length: to - from + 1 }, () => after);
    });
    expect(told).toEqual(RETRY_DELAYS_MS.map(durationText));
    expect(page).toContain(`After the ${RETRY_DELAYS_MS.length + 1}th failure`);
    expect(durationText(MAX_RETRY_AFTER_MS)).toBe('1h'); // "up to an hour"
    expect(durationText(GIVE_UP_AFTER_MS)).toBe('72h'); // "three days"
  });

  it('names each reason for which a delivery fails', () => {
    const union = /export type FailureReason =([^;]+);/.exec(read('packages/webhooks/src/answer.ts'))[1];
    const missing = [...union.matchAll(/'([a-z-]+)'/g)].filter(
      ([, reason]) => !page.includes(`\`${reason}\``),
    );
    expect(missing).toEqual([]);
  });

  it('names each code of a refused verification, and how long failed ones stay', () => {
    const union = /export type WebhookRefusal =([^;]+);/.exec(read('packages/client/src/webhook.ts'))[1];
    const missing = [...union.matchAll(/\| '([a-z-]+)'/g)].filter(
      ([, code]) => !page.includes(`\`${code}\``),
    );
    expect(missing).toEqual([]);
    const { age, count } = queues.WEBHOOK_RETENTION.removeOnFail;
    expect(page).toContain(`${age / 86_400} days (${count.toLocaleString('en')} at most)`);
  });

  it('shows a message that is one, and a configuration that is valid', () => {
    const [example] = codeBlocks(page, 'json').map((code) => JSON.parse(code));
    expect(message.parseMessage(example)).toEqual({
      ok: true,
      message: { v: 1, priority: 'normal', ...example },
    });
    const [yaml] = codeBlocks(page, 'yaml');
    const parsed = parseConfig(
      `${yaml}gateways: { one: { protocol: smtnt, host: h, port: 1, bindId: b, password: p, crypto: { key: 0123456789abcdef, iv: 0123456789abcdef, mode: plain } } }\n`,
      {
        source: 'webhooks.md',
        env: { SHOP_WEBHOOK_SECRET: `whsec_${'A'.repeat(32)}` },
        readSecret: () => '',
        kinds: GATEWAY_KINDS,
      },
    );
    expect(Object.keys(parsed.webhooks)).toEqual(['shop']);
  });
});

describe('the glossary', () => {
  it('gives each word once, with its Korean', () => {
    const rows = tableRows(read('docs/glossary.md')).filter(([word]) => word !== 'word');
    expect(rows.filter(([, korean]) => !/[가-힣]/.test(korean))).toEqual([]);
    expect(unique(rows.map(([word]) => word))).toHaveLength(rows.length);
  });
});

describe('every page', () => {
  it.each(['README.md', 'README.ko.md'])('%s shows a configuration that is valid', (page) => {
    const [yaml] = codeBlocks(read(page), 'yaml');
    const env = Object.fromEntries(
      [...yaml.matchAll(/\$\{([A-Z_]+)\}/g)].map(([, name]) => [name, example(name)]),
    );
    const options = { source: page, env, readSecret: () => 'a password', kinds: GATEWAY_KINDS };
    expect(Object.keys(parseConfig(yaml, options).gateways)).toEqual(['hellovision', 'smtnt']);
  });

  it('has the same configuration and code in both languages', () => {
    const [english, korean] = ['README.md', 'README.ko.md'].map(read);
    expect(codeBlocks(korean, 'yaml')).toEqual(codeBlocks(english, 'yaml'));
    const headings = (page) => page.split('\n').filter((line) => line.startsWith('#')).length;
    expect(headings(korean)).toBe(headings(english));
  });

  it.each(ALL)('%s links to files and headings that exist', (page) => {
    const broken = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link]) => link)
      .filter((link) => !/^https?:/.test(link))
      .filter((link) => {
        const [path, anchor] = link.split('#');
        const target = path === '' ? join(ROOT, page) : join(ROOT, dirname(page), path);
        if (!existsSync(target)) return true;
        return anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).includes(anchor);
      });
    expect(broken).toEqual([]);
  });

  it.each(ALL)('%s names commands that exist', (page) => {
    const scripts = Object.keys(JSON.parse(read('package.json')).scripts).concat('test');
    const names = Object.keys(COMMANDS);
    const named = [...read(page).matchAll(/\b(npm run|npx pabal|`pabal) ([a-z:]+)/g)];
    const unknown = named.filter(([, tool, name]) => !(tool === 'npm run' ? scripts : names).includes(name));
    expect(unknown.map(([words]) => words)).toEqual([]);
  });
});

function example(name) {
  if (name.endsWith('_URL')) return 'http://127.0.0.1:8480/goGrant';
  return name.endsWith('_KEY') || name.endsWith('_IV') ? '0123456789abcdef' : 'S1';
}

function anchorsOf(page) {
  return page
    .split('\n')
    .filter((line) => /^#+ /.test(line))
    .map((line) =>
      line
        .replace(/^#+ /, '')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    );
}
