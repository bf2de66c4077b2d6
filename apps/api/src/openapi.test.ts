import { describe, expect, it } from '@jest/globals';
import { docsPage, PAGE_POLICY } from './docs-page.js';
import { codesOf, openApiOf } from './openapi.js';
import { OPERATIONS } from './operations/index.js';
import { PROBLEMS } from './problem-details.js';

const document = openApiOf(OPERATIONS);
const written = JSON.stringify(document);

describe('the OpenAPI document', () => {
  it('refers to nothing that it does not have', () => {
    const refs = [...written.matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref);
    const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    expect(refs.length).toBeGreaterThan(20);
    for (const ref of refs) expect(known).toContain(ref);
    expect(written).not.toContain('$defs');
  });

  it('describes what it refers to', () => {
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      expect([name, schema.type]).toEqual([name, 'object']);
    }
  });

  it('has every path parameter of every path, and every operation under a name of its own', () => {
    const names: string[] = [];
    for (const [path, methods] of Object.entries(document.paths)) {
      const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { operationId, parameters } of Object.values(methods)) {
        names.push(operationId);
        const had = parameters.filter((each) => each.in === 'path').map(({ name }) => name);
        expect([path, had]).toEqual([path, wanted]);
      }
    }
    expect(new Set(names).size).toBe(names.length);
  });

  it('says of each operation which keys it needs and how it refuses', () => {
    const send = document.paths['/v1/messages']?.post;
    expect(send?.security).toEqual([{ key: ['send'] }]);
    expect(Object.keys(send?.responses ?? {})).toEqual(
      expect.arrayContaining(['202', '400', '401', '403', '413', '415', '422', '500', '503']),
    );
    expect(send?.responses['503']?.description).toContain('`redis-unavailable`');
    expect(document.paths['/healthz']?.get?.security).toEqual([{}]);
  });

  it('takes a message without an id, which the queue does not', () => {
    const message = document.components.schemas.Message as { required?: readonly string[] };
    expect(message.required).toEqual(['to', 'from', 'channel']);
  });

  it('leaves no problem out', () => {
    const told = new Set(OPERATIONS.flatMap(codesOf));
    // These are answered where there is no operation.
    const elsewhere = ['not-found', 'method-not-allowed', 'request-timeout', 'headers-too-large'];
    expect([...told, ...elsewhere].sort()).toEqual(Object.keys(PROBLEMS).sort());
  });
});

describe('the page', () => {
  const page = docsPage(document);

  it('tells of every operation, shape and problem', () => {
    for (const { path, summary } of OPERATIONS) {
      expect(page).toContain(`<code>${path}</code>`);
      expect(page).toContain(`<strong>${summary.replaceAll('"', '&quot;')}.</strong>`);
    }
    for (const code of Object.keys(PROBLEMS)) expect(page).toContain(`id="problem-${code}"`);
    for (const name of Object.keys(document.components.schemas)) {
      expect(page).toContain(`id="shape-${name.toLowerCase()}"`);
    }
  });

  it('leads nowhere that is not on it', () => {
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, target]) => target);
    for (const target of targets) expect(page).toContain(`id="${target}"`);
  });

  it('works without scripts and without a network, and says so to the browser', () => {
    expect(page).not.toMatch(/<script|<img|<iframe|https?:\/\/|url\(|@import|\bon\w+="/);
    expect(page.match(/<style>/g)).toHaveLength(1);
    expect(PAGE_POLICY).toContain("default-src 'none'; style-src 'sha256-");
    expect(PAGE_POLICY).not.toContain('unsafe');
  });
});
