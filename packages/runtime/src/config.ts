import type { GatewayKind } from '@pabal/session';
import type { z } from 'zod';
import { ConfigError, type Mistake } from './config-error.js';
import { crossCheck } from './config-rules.js';
import { SECTION_NAMES, type Sections, sectionSchemas } from './config-schema.js';
import { readYaml, type Substitutes } from './yaml-source.js';
import { mistakesOf, plainWords, withoutSecrets } from './zod-mistakes.js';

/** As much of a gateway kind as a configuration needs. */
export type ConfigurableKind = Pick<GatewayKind, 'protocol' | 'configSchema'>;

/** A gateway of the configuration, joined to its kind. */
export interface ConfiguredGateway<K extends ConfigurableKind = GatewayKind> {
  readonly name: string;
  readonly kind: K;
  /** What the kind's schema made of the block. */
  readonly config: unknown;
}

export interface PabalConfig<K extends ConfigurableKind = GatewayKind> extends Sections {
  readonly gateways: Readonly<Record<string, ConfiguredGateway<K>>>;
}

export interface ParseConfigOptions<K extends ConfigurableKind = GatewayKind> extends Substitutes {
  /** Named in the error: `./pabal.config.yaml`. */
  readonly source: string;
  readonly kinds: readonly K[];
}

type Block = Readonly<Record<string, unknown>>;

function isBlock(value: unknown): value is Block {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseSection<S extends z.ZodType>(
  schema: S,
  base: readonly string[],
  input: unknown,
  mistakes: Mistake[],
): z.output<S> | undefined {
  const parsed = schema.safeParse(input, { error: plainWords });
  if (parsed.success) return parsed.data;
  mistakes.push(...mistakesOf(parsed.error, base, input));
  return undefined;
}

function parseGateway<K extends ConfigurableKind>(
  name: string,
  block: unknown,
  kinds: readonly K[],
  mistakes: Mistake[],
): ConfiguredGateway<K> | undefined {
  const path = ['gateways', name];
  if (!isBlock(block)) {
    mistakes.push({ path: path.join('.'), message: 'must be a block of options' });
    return undefined;
  }
  const { protocol } = block;
  const kind = kinds.find((candidate) => candidate.protocol === protocol);
  if (!kind) {
    const known = kinds.map((candidate) => candidate.protocol).join(', ');
    const message = protocol === undefined ? `is required: one of ${known}` : `must be one of ${known}`;
    mistakes.push({ path: [...path, 'protocol'].join('.'), message });
    return undefined;
  }
  const before = mistakes.length;
  const config = parseSection(kind.configSchema, path, block, mistakes);
  return mistakes.length > before ? undefined : { name, kind, config };
}

function parseGateways<K extends ConfigurableKind>(
  input: unknown,
  kinds: readonly K[],
  mistakes: Mistake[],
): Record<string, ConfiguredGateway<K>> {
  if (!isBlock(input) || Object.keys(input).length === 0) {
    mistakes.push({ path: 'gateways', message: 'is required: at least one gateway' });
    return {};
  }
  const gateways: Record<string, ConfiguredGateway<K>> = {};
  for (const [name, block] of Object.entries(input)) {
    const gateway = parseGateway(name, block, kinds, mistakes);
    if (gateway) gateways[name] = gateway;
  }
  return gateways;
}

/** One route over all gateways, for a file that names none. */
function defaultRoutes(gateways: readonly string[]): Sections['routes'] {
  return { default: { gateways, policy: 'balance' } };
}

function parseSections(input: Block, gateways: readonly string[], mistakes: Mistake[]): Partial<Sections> {
  const sections: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(sectionSchemas(gateways))) {
    const given = input[name] ?? undefined; // `api:` with nothing below it is null: as good as absent
    sections[name] =
      name === 'routes' && given === undefined
        ? defaultRoutes(gateways)
        : parseSection(schema, [name], given, mistakes);
  }
  return sections as Partial<Sections>;
}

function deepFreeze<T>(value: T): T {
  const plain = Array.isArray(value) || Object.getPrototypeOf(value ?? 0) === Object.prototype;
  if (plain && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const child of Object.values(value as object)) deepFreeze(child);
  }
  return value;
}

/** `results` is always there: it takes what names no reply queue. */
function withDefaultReply(replies: readonly string[]): readonly string[] {
  return [...new Set(['results', ...replies])];
}

/** A reference that could not be resolved is reported once, not again for what its placeholder breaks. */
function merge(first: readonly Mistake[], second: readonly Mistake[], secrets: readonly string[]): Mistake[] {
  const known = new Set(first.map(({ path }) => path));
  const others = second.filter(({ path }) => path === '' || !known.has(path));
  return [...first, ...others].map(({ path, message }) => ({
    path,
    message: withoutSecrets(message, secrets),
  }));
}

/**
 * Parses a configuration: YAML, then references, then schemas, then what ties sections together. Gives it frozen, or
 * throws a {@link ConfigError} with every mistake at once.
 */
export function parseConfig<K extends ConfigurableKind>(
  yaml: string,
  options: ParseConfigOptions<K>,
): PabalConfig<K> {
  const read = readYaml(yaml, options);
  const mistakes: Mistake[] = [];
  const root = read.value ?? {};
  if (!isBlock(root))
    throw new ConfigError(options.source, [{ path: '', message: 'must be a map of sections' }]);
  if (read.value === undefined && read.mistakes.length > 0)
    throw new ConfigError(options.source, read.mistakes);

  for (const name of Object.keys(root)) {
    if (name !== 'gateways' && !SECTION_NAMES.includes(name)) {
      mistakes.push({ path: name, message: 'is not a known section' });
    }
  }
  const gateways = parseGateways(root.gateways, options.kinds, mistakes);
  const named = isBlock(root.gateways) ? Object.keys(root.gateways) : [];
  const sections = parseSections(root, named, mistakes);
  mistakes.push(...crossCheck(sections, named));

  const all = merge(read.mistakes, mistakes, read.secrets);
  if (all.length > 0) throw new ConfigError(options.source, all);
  const complete = sections as Sections; // every section that failed left a mistake
  return deepFreeze({ ...complete, replies: withDefaultReply(complete.replies), gateways });
}
