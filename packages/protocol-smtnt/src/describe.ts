import { maskNumber } from '@pabal/message';
import type { Packet } from './codec.js';
import { type MethodTable, methods } from './methods.js';
import type { Guard, Row } from './rows.js';

/**
 * A packet as a log may show it: every field of its table that has a value, in order, with secrets, numbers and texts
 * masked.
 */
export function describePacket(packet: Packet): Record<string, string | number> {
  if (packet.method === 'unrecognised') return { Method: packet.name };
  const shown: Record<string, string | number> = { Method: packet.method };
  const table: MethodTable = methods[packet.method];
  const body: Readonly<Record<string, string | number | undefined>> = { ...packet.body };
  for (const row of table.rows ?? []) {
    const value = body[row.name];
    if (value !== undefined) shown[row.name] = show(row, value);
  }
  return shown;
}

function show(row: Row, value: string | number): string | number {
  return typeof value === 'number' ? value : masked(value, row.guard);
}

/** A text as far as its guard lets anybody see it. */
export function masked(value: string, guard: Guard | undefined): string {
  if (guard === undefined || value === '') return value;
  if (guard === 'secret') return '***';
  if (guard === 'phone' && /^\d{8,}$/.test(value)) return maskNumber(value);
  return `(${value.length} characters)`;
}
