import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as client from './index.js';
import * as outbox from './outbox.js';
import * as text from './text.js';
import * as webhook from './webhook.js';

const here = (path: string) => new URL(path, import.meta.url);
const page = readFileSync(here('../README.md'), 'utf8');
const sources = readdirSync(here('.'))
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(here(name), 'utf8'));

/** Whether the page names something in code: `name`, `name(…`, `name<…` or as a member of a class. */
const names = (word: string) => new RegExp(`\`(?:\\w+\\.)?${word}(?:\`|[(<.])`).test(page);
const methodsOf = (made: { readonly prototype: object }) =>
  Object.getOwnPropertyNames(made.prototype).filter((name) => name !== 'constructor');

describe('the page of the client', () => {
  it.each([
    ['', client],
    ['/text', text],
    ['/outbox', outbox],
    ['/webhook', webhook],
  ])('tells of everything that @pabal/client%s exports', (_, entry) => {
    expect(Object.keys(entry).filter((name) => !names(name))).toEqual([]);
  });

  it.each([
    ['PabalClient', client.PabalClient],
    ['OutboxRelay', outbox.OutboxRelay],
    ['PostgresOutbox', outbox.PostgresOutbox],
  ])('tells of every method of %s', (_, made) => {
    expect(methodsOf(made).filter((name) => !names(name))).toEqual([]);
  });

  it('tells of every option', () => {
    const options = sources.flatMap((source) =>
      [...source.matchAll(/export interface (\w+Options) \{([\s\S]*?)\n\}/g)].flatMap(([, , body = '']) =>
        [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, name = '']) => name),
      ),
    );
    expect(options.length).toBeGreaterThan(25);
    expect(options.filter((name) => !names(name))).toEqual([]);
  });

  it('tells of every entry', () => {
    const { exports } = JSON.parse(readFileSync(here('../package.json'), 'utf8')) as { exports: object };
    const entries = Object.keys(exports).map((path) => `\`@pabal/client${path.slice(1)}\``);
    expect(entries.filter((entry) => !page.includes(entry))).toEqual([]);
  });
});
