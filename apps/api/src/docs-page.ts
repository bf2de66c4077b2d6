import { createHash } from 'node:crypto';
import type { OpenApiDocument, OpenApiOperation, OpenApiParameter } from './openapi.js';
import { PROBLEMS } from './problem-details.js';

type Json = Readonly<Record<string, unknown>>;

const STYLE = `
:root { color-scheme: light dark; --back: #f6f8fa; --card: #fff; --text: #16202c; --quiet: #5b6775; --line: #d5dce4;
  --accent: #1f5fbf; --get: #1a7f4b; --post: #1f5fbf; --delete: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --back: #12171d; --card: #1b222b; --text: #e6ebf1; --quiet: #95a2b1;
  --line: #38434f; --accent: #6ea8fe; --get: #6cd49a; --post: #6ea8fe; --delete: #ff8a80; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 58rem; margin: 0 auto; padding: 2rem 1rem 6rem; }
h1 { margin: 0; } h2 { margin: 3rem 0 1rem; } h3 { margin: 0; font-size: 1.05rem; }
article { margin: 1rem 0; padding: 1.1rem 1.25rem; border: 1px solid var(--line); border-radius: 10px; background: var(--card); }
.verb { display: inline-block; min-width: 4.2rem; font-weight: 700; font-family: ui-monospace, monospace; }
.get { color: var(--get); } .post { color: var(--post); } .delete { color: var(--delete); }
code, pre { font: .9em/1.5 ui-monospace, monospace; }
pre { overflow-x: auto; padding: .8rem; border-radius: 8px; background: var(--back); border: 1px solid var(--line); }
table { width: 100%; border-collapse: collapse; margin: .6rem 0; font-size: .93rem; }
th, td { padding: .35rem .5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { color: var(--quiet); font-weight: 600; } td code { white-space: nowrap; }
p { margin: .5rem 0; } .quiet { color: var(--quiet); } a { color: var(--accent); }
nav a { display: inline-block; margin-right: 1rem; }
summary { cursor: pointer; color: var(--accent); }
:target { outline: 2px solid var(--accent); outline-offset: 4px; border-radius: 8px; }
`;

/** The page loads nothing and runs nothing; its one style is known by its hash. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The document as a page that works without scripts and without a network. Pure. */
export function docsPage({ info, tags, paths, components }: OpenApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const groups = tags.map(({ name }) => {
    const members = operations.filter(({ operation }) => operation.tags.includes(name));
    return `<h2 id="${slug(name)}">${text(name)}</h2>\n${members.map(article).join('\n')}`;
  });
  const schemas = Object.entries(components.schemas).map(([name, schema]) => schemaArticle(name, schema));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pabal API</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Pabal API</h1>
<p>${prose(String(info.description))}</p>
<p>Send <code>Authorization: Bearer KEY</code>. Errors are problem details (RFC 9457): branch on their <code>code</code>.
The same as a document for programs: <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
<nav>${[...tags.map(({ name }) => name), 'Problems', 'Shapes'].map((name) => `<a href="#${slug(name)}">${text(name)}</a>`).join('')}</nav>
${groups.join('\n')}
<h2 id="problems">Problems</h2>
${table(['code', 'status', 'meaning'], problemRows())}
<h2 id="shapes">Shapes</h2>
${schemas.join('\n')}
</main>
</body>
</html>
`;
}

interface Placed {
  readonly path: string;
  readonly method: string;
  readonly operation: OpenApiOperation;
}

function article({ path, method, operation }: Placed): string {
  const { operationId, summary, description, parameters, requestBody, responses, security } = operation;
  const scope = security.flatMap((each) => (each as { key?: readonly string[] }).key ?? [])[0];
  const needs =
    scope === undefined ? 'Needs no key.' : `Needs a key with the scope <code>${text(scope)}</code>.`;
  const bodies = Object.entries(requestBody?.content ?? {}).map(
    ([mediaType, { schema }]) => `<p>Body: <code>${text(mediaType)}</code>, ${shapeName(schema)}</p>`,
  );
  return `<article id="${slug(operationId)}">
<h3><span class="verb ${slug(method)}">${text(method.toUpperCase())}</span> <code>${text(path)}</code></h3>
<p><strong>${text(summary)}.</strong> ${description === undefined ? '' : prose(description)} <span class="quiet">${needs}</span></p>
${parameters.length === 0 ? '' : table(['parameter', 'in', 'type', 'meaning'], parameters.map(parameterRow))}
${bodies.join('\n')}
${table(['answer', 'body', 'meaning'], Object.entries(responses).map(responseRow))}
</article>`;
}

function parameterRow({ name, in: where, required, schema, description = '' }: OpenApiParameter): string[] {
  return [
    `<code>${text(name)}</code>${required ? ' *' : ''}`,
    where,
    shapeName(schema),
    prose(description) + fallback(schema),
  ];
}

function responseRow([status, { description, content = {} }]: [
  string,
  OpenApiOperation['responses'][string],
]): string[] {
  const shapes = Object.values(content).map(({ schema }) => shapeName(schema));
  return [text(status), shapes.join(' or '), prose(description)];
}

function schemaArticle(name: string, schema: Json): string {
  const { properties, required = [] } = schema as {
    properties?: Readonly<Record<string, Json>>;
    required?: readonly string[];
  };
  const rows = Object.entries(properties ?? {}).map(([field, each]) => [
    `<code>${text(field)}</code>${required.includes(field) ? ' *' : ''}`,
    shapeName(each),
    prose(String(each.description ?? '')) + fallback(each),
  ]);
  return `<article id="shape-${slug(name)}">
<h3>${text(name)}</h3>
${rows.length === 0 ? '' : table(['field', 'type', 'meaning'], rows)}
<details><summary>JSON Schema</summary><pre>${text(JSON.stringify(schema, null, 2))}</pre></details>
</article>`;
}

function problemRows(): string[][] {
  return Object.entries(PROBLEMS).map(([code, { status, title }]) => [
    `<code id="problem-${slug(code)}">${text(code)}</code>`,
    String(status),
    text(title),
  ]);
}

function fallback({ default: value }: Json): string {
  return value === undefined ? '' : ` Default <code>${text(JSON.stringify(value))}</code>.`;
}

/** A type in a word or two; a named shape is a link to it. */
function shapeName(schema: Json): string {
  const {
    $ref,
    anyOf,
    oneOf,
    type,
    items,
    enum: values,
    const: constant,
  } = schema as {
    $ref?: string;
    anyOf?: readonly Json[];
    oneOf?: readonly Json[];
    type?: string | readonly string[];
    items?: Json;
    enum?: readonly unknown[];
    const?: unknown;
  };
  if ($ref !== undefined) {
    const name = $ref.slice($ref.lastIndexOf('/') + 1);
    return `<a href="#shape-${slug(name)}">${text(name)}</a>`;
  }
  const options = anyOf ?? oneOf;
  if (options) return options.map(shapeName).join(' or ');
  if (constant !== undefined) return `<code>${text(JSON.stringify(constant))}</code>`;
  if (values) return values.map((value) => `<code>${text(String(value))}</code>`).join(', ');
  if (type === 'array' && items) return `list of ${shapeName(items)}`;
  return text([type ?? 'anything'].flat().join(' or '));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[], tag: string) =>
    `<tr>${row.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  return `<table>${cells(head, 'th')}${rows.map((row) => cells(row, 'td')).join('')}</table>`;
}

/** Escaped, with what stands between backticks as code. */
function prose(words: string): string {
  return text(words).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}

function text(words: string): string {
  return words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function slug(words: string): string {
  return words.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
