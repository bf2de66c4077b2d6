import { table } from './blocks.mjs';

/**
 * @typedef {object} OptionRow one option of a configuration
 * @property {string} path `redis.url`, `routes.<name>.policy`, `accounts[].bindId`
 * @property {string} type in words
 * @property {string} fallback what holds without it
 * @property {string} meaning
 */

const UNITS = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
];

/** `10m` for 600,000: the largest unit up to hours that says it without a fraction. */
export function durationText(ms) {
  const [unit, size] = UNITS.find(([, of]) => ms >= of && ms % of === 0) ?? ['ms', 1];
  return `${ms / size}${unit}`;
}

/**
 * Reads the options out of zod schemas: the schema of a block, whatever wraps it, down to single values.
 * @param {object} schema
 * @param {string} path where the block stands
 * @param {object} duration the schema of durations: by itself it is a number or a text
 * @returns {OptionRow[]}
 */
export function optionRows(schema, path, duration) {
  return rowsOf(schema, path, { duration, within: undefined });
}

/** The rows as a table of Markdown. */
export function optionTable(rows) {
  return table(
    ['option', 'type', 'without it', 'meaning'],
    rows.map(({ path, type, fallback, meaning }) => [`\`${path}\``, type, fallback, meaning]),
  );
}

function rowsOf(schema, path, context) {
  const seen = peel(schema, context.duration);
  const { core } = seen;
  const inside = { ...context, within: seen.optional ? path : context.within };
  switch (core.def.type) {
    case 'object':
      return Object.entries(core.def.shape).flatMap(([key, value]) => rowsOf(value, join(path, key), inside));
    case 'record':
      if (hasFields(core.def.valueType, context.duration))
        return rowsOf(core.def.valueType, join(path, '<name>'), { ...inside, within: undefined });
      break;
    case 'array':
      if (hasFields(core.def.element, context.duration)) return rowsOf(core.def.element, `${path}[]`, inside);
      break;
  }
  const meaning = seen.description;
  if (meaning === undefined && core.def.type !== 'literal') throw new Error(`${path} has no description`);
  return [
    {
      path,
      type: typeText(schema, context.duration),
      fallback: fallbackText(seen, context),
      meaning: meaning ?? 'Says which kind of gateway this is',
    },
  ];
}

function join(path, key) {
  return path === '' ? key : `${path}.${key}`;
}

function hasFields(schema, duration) {
  return peel(schema, duration).core.def.type === 'object';
}

/** Takes off what wraps a value, and keeps what the wrappers say: optional, default, description. */
function peel(schema, duration) {
  let core = schema;
  let fallback;
  let optional = false;
  let description;
  for (;;) {
    const meta = core.meta() ?? {};
    description ??= meta.description;
    fallback ??= meta.default;
    if (core === duration) return { core, fallback, optional, description };
    const { def } = core;
    if (def.type === 'default') fallback ??= def.defaultValue;
    if (def.type === 'optional') optional = true;
    if (def.type === 'pipe') core = def.in.def.type === 'transform' ? def.out : def.in;
    else if (['default', 'prefault', 'optional', 'readonly'].includes(def.type)) core = def.innerType;
    else return { core, fallback, optional, description };
  }
}

function fallbackText({ fallback, optional, core }, { duration, within }) {
  if (fallback === undefined)
    return optional ? '' : within === undefined ? '**required**' : `required in \`${within}\``;
  const isDuration = core === duration || (core.def.type === 'union' && core.def.options.includes(duration));
  if (isDuration) return `\`${durationText(fallback)}\``;
  return typeof fallback === 'string' ? `\`${fallback}\`` : `\`${JSON.stringify(fallback)}\``;
}

function typeText(schema, duration) {
  const { core } = peel(schema, duration);
  if (core === duration) return `duration${durationBounds(schema, duration)}`;
  const { def } = core;
  switch (def.type) {
    case 'string':
      return def.format === 'url' ? 'URL' : 'text';
    case 'number':
      return `whole number${bounds(core.minValue, core.maxValue)}`;
    case 'boolean':
      return 'true, false';
    case 'enum':
      return core.options.map((value) => `\`${value}\``).join(', ');
    case 'literal':
      return def.values.map((value) => `\`${value}\``).join(', ');
    case 'array':
      return `list of ${typeText(def.element, duration)}`;
    case 'record':
      return `map of names to ${typeText(def.valueType, duration)}`;
    case 'union':
      return def.options.map((option) => typeText(option, duration)).join(', or ');
    case 'object':
      return `map of ${Object.keys(def.shape).join(', ')} to ${typeText(Object.values(def.shape)[0], duration)}`;
    default:
      throw new Error(`options of the type ${def.type} have no words yet`);
  }
}

/** A duration piped into a number has the bounds of that number. */
function durationBounds(schema, duration) {
  for (let core = schema; core !== duration; ) {
    const { def } = core;
    if (def.type === 'pipe' && def.in === duration) {
      const { minValue, maxValue } = def.out;
      return bounds(minValue, maxValue, durationText);
    }
    core = def.innerType ?? def.in;
  }
  return '';
}

function bounds(min, max, text = String) {
  const from = Number.isFinite(min) && min > Number.MIN_SAFE_INTEGER ? text(min) : undefined;
  const to = Number.isFinite(max) && max < Number.MAX_SAFE_INTEGER ? text(max) : undefined;
  if (from === undefined && to === undefined) return '';
  if (to === undefined) return `, at least ${from}`;
  return `, ${from ?? 'up'} to ${to}`;
}
