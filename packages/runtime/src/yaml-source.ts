import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument, type Scalar } from 'yaml';
import type { Mistake } from './config-error.js';

/** Where `${NAME}` and `${file:PATH}` come from. */
export interface Substitutes {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Content of a mounted secret; throws where it cannot be read. */
  readonly readSecret: (path: string) => string;
}

export interface YamlValue {
  readonly value: unknown;
  readonly mistakes: readonly Mistake[];
  /** What was substituted: values that no error may repeat. */
  readonly secrets: readonly string[];
}

/** `$${…}` stands for `${…}` itself. */
const REFERENCE = /(\$?)\$\{([^}]*)\}/g;
const WHOLE_REFERENCE = /^\$\{[^}]*\}$/;
const ENVIRONMENT_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const FILE_PREFIX = 'file:';
/** More uses of anchors than this are an attack or an accident. */
const ALIAS_LIMIT = 100;

/** What one reference stands for, or why it stands for nothing. */
function resolve(
  reference: string,
  { env, readSecret }: Substitutes,
): { value: string } | { problem: string } {
  if (reference.startsWith(FILE_PREFIX)) {
    const path = reference.slice(FILE_PREFIX.length);
    try {
      const value = readSecret(path).replace(/\r?\n$/, '');
      return value === '' ? { problem: `the file ${path} is empty` } : { value };
    } catch (error) {
      return { problem: `the file ${path} cannot be read (${errorCode(error)})` };
    }
  }
  if (!ENVIRONMENT_NAME.test(reference)) {
    return { problem: 'a reference must be ${NAME} or ${file:PATH}; $${ stands for ${ itself' };
  }
  const value = env[reference];
  if (value === undefined) return { problem: `the environment variable ${reference} is not set` };
  return value === '' ? { problem: `the environment variable ${reference} is empty` } : { value };
}

/** The system's name of an error, `ENOENT`; never its message, which may quote content. */
export function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unreadable';
}

/** An unquoted `${PORT}` is typed as if its value stood there: a number or a boolean where it reads as one. */
function retype(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}

class Substitution {
  readonly mistakes: Mistake[] = [];
  readonly secrets: string[] = [];
  readonly #substitutes: Substitutes;

  constructor(substitutes: Substitutes) {
    this.#substitutes = substitutes;
  }

  /** Replaces the references of every scalar below a node, in place. Aliases follow: they point at nodes that are walked. */
  walk(node: unknown, path: readonly string[]): void {
    if (isMap(node)) {
      for (const { key, value } of node.items)
        this.walk(value, [...path, String(isScalar(key) ? key.value : key)]);
    } else if (isSeq(node)) {
      node.items.forEach((item, index) => {
        this.walk(item, [...path, String(index)]);
      });
    } else if (isScalar(node) && typeof node.value === 'string') {
      node.value = this.#scalar(node, node.value, path.join('.'));
    }
  }

  #scalar(node: Scalar, text: string, path: string): unknown {
    const replaced = text.replace(REFERENCE, (whole, escaped: string, reference: string) => {
      if (escaped !== '') return whole.slice(1);
      const resolved = resolve(reference, this.#substitutes);
      if ('problem' in resolved) {
        this.mistakes.push({ path, message: resolved.problem });
        return whole;
      }
      this.secrets.push(resolved.value);
      return resolved.value;
    });
    return node.type === 'PLAIN' && WHOLE_REFERENCE.test(text) ? retype(replaced) : replaced;
  }
}

/** Syntax mistakes by place and name alone: the parser's own texts may quote the line. */
function syntaxMistakes(document: Document.Parsed, lines: LineCounter): Mistake[] {
  return document.errors.map((error) => {
    const { line, col } = lines.linePos(error.pos[0]);
    const name = error.code.toLowerCase().replaceAll('_', '-');
    return { path: '', message: `not valid YAML at line ${line}, column ${col} (${name})` };
  });
}

/** Reads YAML 1.2 and puts environment variables and mounted secrets in place. Never throws. */
export function readYaml(source: string, substitutes: Substitutes): YamlValue {
  const lineCounter = new LineCounter();
  const document = parseDocument(source, { prettyErrors: false, lineCounter });
  const syntax = syntaxMistakes(document, lineCounter);
  if (syntax.length > 0) return { value: undefined, mistakes: syntax, secrets: [] };
  const substitution = new Substitution(substitutes);
  substitution.walk(document.contents, []);
  const { mistakes, secrets } = substitution;
  try {
    return { value: document.toJS({ maxAliasCount: ALIAS_LIMIT }), mistakes, secrets };
  } catch {
    // The only thing left to go wrong is an alias; the parser's message would quote its name.
    const message = 'an alias (*name) has no anchor (&name) before it, or is used too often';
    return { value: undefined, mistakes: [...mistakes, { path: '', message }], secrets };
  }
}
