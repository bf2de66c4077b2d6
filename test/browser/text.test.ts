import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { InstalledClient } from '../integration/client/installed-client.js';
import { modulesOf } from '../integration/client/text-in-page.js';

/** Measuring texts and checking numbers in a page, with what the packed client holds. */

let installed: InstalledClient;
let server: Server;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  installed = await InstalledClient.install();
  const modules = await modulesOf(installed.client, 'text');
  server = createServer((request, answer) => {
    const source = modules.get(`.${request.url}`) ?? (request.url === '/text.js' ? modules.get('entry') : '');
    const script = request.url?.endsWith('.js') === true;
    answer.setHeader('content-type', script ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8');
    answer.end(script ? source : '<!doctype html><title>글</title>');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});

afterAll(async () => {
  await browser?.close();
  server?.close();
  await installed?.remove();
});

/** What the page's own decoder of `euc-kr`, which browsers take for CP949, says of every character. */
const COMPARE = `(async () => {
  const { measureText } = await import('/text.js');
  const decoder = new TextDecoder('euc-kr');
  const held = new Set();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x41; trail <= 0xfe; trail++) {
      const text = decoder.decode(Uint8Array.of(lead, trail));
      if (text.length === 1 && text !== '\\ufffd') held.add(text);
    }
  }
  const wrong = [];
  for (let unit = 0x80; unit < 0x10000; unit++) {
    const text = String.fromCharCode(unit);
    if (measureText(text, 'cp949').bytes !== (held.has(text) ? 2 : 0)) wrong.push(unit.toString(16));
  }
  return { held: held.size, wrong };
})()`;

const CHECK = `(async () => {
  const { checkText, checkSender, smsOrLms } = await import('/text.js');
  const { size, left, problems } = checkText({ channel: 'sms', text: '뷁, 선물 🎁' });
  return { size, left, rules: problems.map(({ rule }) => rule), sender: checkSender('15881234').ok, channel: smsOrLms('글') };
})()`;

describe('texts in a browser', () => {
  it('are measured as the browser itself knows CP949, character by character', async () => {
    expect(await page.evaluate(COMPARE)).toEqual({ held: 17_048, wrong: [] });
  });

  it('are checked as at the fleet’s door', async () => {
    expect(await page.evaluate(CHECK)).toEqual({
      size: 9,
      left: 81,
      rules: ['unmappable'],
      sender: true,
      channel: 'sms',
    });
  });
});
