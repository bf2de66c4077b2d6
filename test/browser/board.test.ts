import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningBoard, startBoard } from '@pabal/board';
import { findRedis, type LocalRedis } from '@pabal/local-redis';
import { connectRedis, Producer, type RedisConnection, redisReady } from '@pabal/queues';
import { createLogger } from '@pabal/runtime';
import { type Browser, chromium, type Page } from 'playwright-core';

const PASSWORD = 'open sesame';
const PREFIX = 'pabal-browser-test';
/** Nothing that a browser does by itself beside showing pages. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let redis: LocalRedis;
let connection: RedisConnection;
let producer: Producer;
let board: RunningBoard;
let browser: Browser;
let page: Page;
/** What the browser complained about, and what it asked others for. */
const complaints: string[] = [];
const foreign: string[] = [];

async function clear(): Promise<void> {
  const keys = await connection.keys(`${PREFIX}:*`);
  if (keys.length > 0) await connection.del(...keys);
}

beforeAll(async () => {
  redis = await findRedis();
  connection = connectRedis(redis, 'producer');
  await redisReady(connection, 10_000);
  await clear();
  producer = new Producer({ connection, prefix: PREFIX });
  const message = {
    v: 1,
    id: 'order-1',
    channel: 'sms',
    to: '01012345678',
    from: '0212345678',
    text: '인증번호 482913',
    priority: 'normal',
  } as const;
  await producer.enqueue({ message, route: 'default' }, Date.now());
  board = await startBoard({
    config: {
      routes: { default: {} },
      gateways: {},
      replies: ['results'],
      redis: { url: redis.url, prefix: PREFIX },
      board: { host: '127.0.0.1', port: 0, user: 'pabal', password: PASSWORD },
    },
    log: createLogger({ level: 'silent', name: 'board' }),
  });
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
  page = await browser.newPage();
  page.on('console', (entry) => {
    if (entry.type() === 'error') complaints.push(entry.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(board.url) && !request.url().startsWith('data:'))
      foreign.push(request.url());
  });
});

afterAll(async () => {
  await browser?.close();
  await board?.close();
  await producer?.close();
  if (connection) {
    await clear();
    connection.disconnect();
  }
  await redis?.stop();
});

describe('the board in a browser', () => {
  it('asks for the password and then shows the queues', async () => {
    await page.goto(board.url);
    await page.getByLabel('Name').fill('pabal');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('send-default-sms').first().waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
  });

  it('shows a message masked', async () => {
    await page.goto(`${board.url}/queue/send-default-sms/m-order-1`);
    await page.getByText('«19 bytes»').waitFor();
    const shown = await page.content();
    expect(shown).toContain('010****5678');
    expect(shown).not.toContain('01012345678');
    expect(shown).not.toContain('482913');
  });

  it('loads nothing from elsewhere, and nothing that its own policy forbids', () => {
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('can be left from its menu', async () => {
    await page.locator('header button').last().click();
    await page.getByText('Sign out').click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.goto(board.url);
    expect(new URL(page.url()).pathname).toBe('/login');
  });
});
