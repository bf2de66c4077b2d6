import { localTime } from '../local-time.js';
import { printable } from '../table.js';

/** Fields of a log line that a person at a terminal knows already. */
const LEFT_OUT = new Set(['level', 'time', 'name', 'msg', 'pid', 'hostname', 'owner']);

/** A child's line of output as fields, where it is a JSON object. */
function fieldsOf(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined; // not of our logger: shown as it is
  }
}

/** One line of a child for a person: time, child, level, event, fields. Pure. */
export function readableLine(child: string, line: string): string {
  const fields = fieldsOf(line);
  if (!fields) return `${child}  ${printable(line)}`;
  const { time, level, msg } = fields;
  const clock = typeof time === 'string' ? localTime(time).slice(11) : '';
  const rest = Object.entries(fields)
    .filter(([name]) => !LEFT_OUT.has(name))
    .map(([name, value]) => `${name}=${valueText(value)}`);
  return printable([clock, child, String(level), String(msg), ...rest].join('  '));
}

/** One line of a child for a log collector: JSON, with the child's name in it. Pure. */
export function jsonLine(child: string, line: string): string {
  const fields = fieldsOf(line);
  return JSON.stringify(fields ? { ...fields, process: child } : { process: child, msg: line });
}

function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && 'message' in value) return String(value.message);
  return JSON.stringify(value);
}
