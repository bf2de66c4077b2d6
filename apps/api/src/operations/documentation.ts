import { docsPage, PAGE_POLICY } from '../docs-page.js';
import { openApiOf } from '../openapi.js';
import { type Operation, operation } from '../operation.js';

const HTML = 'text/html; charset=utf-8';
const JSON_DOCUMENT = 'application/json';

/** What tells about these operations: the OpenAPI document, and a page made from it. Both tell of themselves, too. */
export function documentationOperations(described: readonly Operation[]): readonly Operation[] {
  let texts: { readonly document: string; readonly page: string } | undefined;
  const made = () => {
    const document = openApiOf([...described, openApi, docs]);
    texts ??= { document: JSON.stringify(document), page: docsPage(document) };
    return texts;
  };
  const openApi = operation({
    method: 'GET',
    path: '/openapi.json',
    id: 'getOpenApi',
    tag: 'Operation',
    summary: 'This API as an OpenAPI 3.1 document',
    scope: 'open',
    answers: { 200: { description: 'The document', schema: { type: 'object' } } },
    problems: [],
    handle: () => ({ status: 200, body: made().document, mediaType: JSON_DOCUMENT }),
  });
  const docs = operation({
    method: 'GET',
    path: '/docs',
    id: 'getDocs',
    tag: 'Operation',
    summary: 'This API as a page to read',
    scope: 'open',
    answers: { 200: { description: 'The page', schema: { type: 'string' }, mediaType: 'text/html' } },
    problems: [],
    handle: () => ({
      status: 200,
      body: made().page,
      mediaType: HTML,
      headers: { 'content-security-policy': PAGE_POLICY },
    }),
  });
  return [openApi, docs];
}
