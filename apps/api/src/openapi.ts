import { z } from 'zod';
import type { DocumentedAnswer, DocumentedBody, Operation } from './operation.js';
import { PROBLEMS, type ProblemCode } from './problem-details.js';
import { problemDetails } from './schemas.js';

type Json = Readonly<Record<string, unknown>>;

/** An OpenAPI 3.1 document, as far as it is made here. */
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: Json;
  readonly servers: readonly Json[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>>; readonly securitySchemes: Json };
}

export interface OpenApiOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly security: readonly Json[];
  readonly parameters: readonly OpenApiParameter[];
  readonly requestBody?: { readonly required: true; readonly content: Content };
  readonly responses: Readonly<Record<string, OpenApiResponse>>;
}

export interface OpenApiParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: Json;
}

export interface OpenApiResponse {
  readonly description: string;
  readonly headers?: Json;
  readonly content?: Content;
}

type Content = Readonly<Record<string, { readonly schema: Json; readonly example?: unknown }>>;

const PROBLEM_TYPE = 'application/problem+json';
const COMPONENT = '#/components/schemas/';

/** What any operation may answer, and what those that need a key may. */
const OF_EVERY: readonly ProblemCode[] = ['internal-error'];
const OF_KEYED: readonly ProblemCode[] = ['key-required', 'key-unknown', 'scope-missing', 'host-refused'];

/** Collects schemas that have a name, so that each is written once. */
class Components {
  readonly schemas: Record<string, Json> = {};

  /** The schema as it stands in the document: in place, or a reference to where it is written. */
  place(schema: z.ZodType | Json, io: 'input' | 'output'): Json {
    if (!(schema instanceof z.ZodType)) return schema;
    const { $schema: _, $defs = {}, ...whole } = z.toJSONSchema(schema, { io });
    for (const [name, definition] of Object.entries($defs)) this.#keep(name, definition as Json);
    const name = z.globalRegistry.get(schema)?.id;
    if (name === undefined) return referred(whole);
    if (!Object.hasOwn($defs, name)) this.#keep(name, whole); // beside others it stands among them
    return { $ref: `${COMPONENT}${name}` };
  }

  #keep(name: string, definition: Json): void {
    this.schemas[name] = referred(definition);
  }
}

/** A schema with its references pointing into the document, without the names that only the making needs. */
function referred(schema: Json): Json {
  const { id: _, ...rest } = schema;
  return mapped(rest) as Json;
}

function mapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mapped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      if (key === '$ref' && typeof each === 'string') return [key, each.replace('#/$defs/', COMPONENT)];
      return [key, mapped(each)];
    }),
  );
}

/** The document of these operations. Pure. */
export function openApiOf(operations: readonly Operation[]): OpenApiDocument {
  const components = new Components();
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  for (const each of operations) {
    const known = paths[each.path] ?? {};
    known[each.method.toLowerCase()] = operationOf(each, components);
    paths[each.path] = known;
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Pabal',
      version: '1',
      description:
        'Sends Korean business messages (SMS, LMS, MMS, AlimTalk, FriendTalk, RCS) over carriers’ gateways, and gives one final result for each.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: components.schemas,
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'A key that `pabal key` made' },
      },
    },
  };
}

function operationOf(each: Operation, components: Components): OpenApiOperation {
  const { id, tag, summary, description, scope, body } = each;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    security: scope === 'open' ? [{}] : [{ key: [scope] }],
    parameters: [
      ...parametersOf(each.params, 'path', components),
      ...parametersOf(each.query, 'query', components),
      ...headersOf(each),
    ],
    ...(body === undefined ? {} : { requestBody: { required: true, content: contentOf(body, components) } }),
    responses: { ...answersOf(each.answers, components), ...refusalsOf(each, components) },
  };
}

function parametersOf(
  schema: z.ZodObject | undefined,
  where: 'path' | 'query',
  components: Components,
): OpenApiParameter[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = components.place(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: where,
    required: required.includes(name),
    ...(typeof description === 'string' ? { description } : {}),
    schema: rest,
  }));
}

function headersOf({ headers = {} }: Operation): OpenApiParameter[] {
  const common = { 'X-Request-Id': 'Your name for this request; stands in the answer and in the log' };
  return Object.entries({ ...headers, ...common }).map(([name, description]) => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
  }));
}

function contentOf(bodies: Readonly<Record<string, DocumentedBody>>, components: Components): Content {
  return Object.fromEntries(
    Object.entries(bodies).map(([mediaType, { schema, example }]) => [
      mediaType,
      { schema: components.place(schema, 'input'), ...(example === undefined ? {} : { example }) },
    ]),
  );
}

function answersOf(
  answers: Readonly<Record<number, DocumentedAnswer>>,
  components: Components,
): Record<string, OpenApiResponse> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, { description, schema, mediaType, headers }]) => [
      status,
      {
        description,
        ...(headers === undefined ? {} : { headers: headersAnswered(headers) }),
        ...(schema === undefined
          ? {}
          : {
              content: { [mediaType ?? 'application/json']: { schema: components.place(schema, 'output') } },
            }),
      },
    ]),
  );
}

function headersAnswered(headers: Readonly<Record<string, string>>): Json {
  return Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  );
}

/** Every code that an operation may answer, in the order of the statuses. Pure. */
export function codesOf({ scope, problems, worksWithoutRedis = false }: Operation): readonly ProblemCode[] {
  const ofRedis: readonly ProblemCode[] = worksWithoutRedis || scope === 'open' ? [] : ['redis-unavailable'];
  const codes = new Set([...problems, ...(scope === 'open' ? [] : OF_KEYED), ...ofRedis, ...OF_EVERY]);
  return [...codes].sort((a, b) => PROBLEMS[a].status - PROBLEMS[b].status);
}

function refusalsOf(each: Operation, components: Components): Record<string, OpenApiResponse> {
  const schema = components.place(problemDetails, 'output');
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codesOf(each)) {
    const { status } = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join('. '),
        content: { [PROBLEM_TYPE]: { schema } },
      },
    ]),
  );
}
