import type { RedisConnection } from '@pabal/queues';

/** What a command cost since the server's start. */
export interface CommandCost {
  readonly calls: number;
  readonly micros: number;
}

/** What a Redis has used since its start. */
export interface RedisUsage {
  /** CPU of the whole server, user and system, microseconds. */
  readonly cpuMicros: number;
  /** By command; what a script calls is counted there and in the script too. */
  readonly commands: Readonly<Record<string, CommandCost>>;
}

/** Reads CPU and commands out of an `INFO` answer. */
export function readUsage(info: string): RedisUsage {
  const seconds = infoNumber(info, 'used_cpu_user') + infoNumber(info, 'used_cpu_sys');
  const commands: Record<string, CommandCost> = {};
  for (const [, name = '', calls, micros] of info.matchAll(/^cmdstat_(\S+?):calls=(\d+),usec=(\d+)/gm)) {
    commands[name] = { calls: Number(calls), micros: Number(micros) };
  }
  return { cpuMicros: Math.round(seconds * 1e6), commands };
}

/** What was used between two readings. */
export function usageBetween(before: RedisUsage, after: RedisUsage): RedisUsage {
  const commands: Record<string, CommandCost> = {};
  for (const [name, cost] of Object.entries(after.commands)) {
    const earlier = before.commands[name];
    const calls = cost.calls - (earlier?.calls ?? 0);
    if (calls > 0) commands[name] = { calls, micros: cost.micros - (earlier?.micros ?? 0) };
  }
  return { cpuMicros: after.cpuMicros - before.cpuMicros, commands };
}

/** Memory that a server's data takes, bytes: what clients and the append-only file have in hand is not counted. */
export function readMemory(info: string): number {
  const working = ['mem_clients_normal', 'mem_aof_buffer'].map((name) => infoNumber(info, name));
  return working.reduce((left, bytes) => left - bytes, infoNumber(info, 'used_memory'));
}

export async function redisUsage(redis: RedisConnection): Promise<RedisUsage> {
  const [cpu, commands] = await Promise.all([redis.info('cpu'), redis.info('commandstats')]);
  return readUsage(`${String(cpu)}\n${String(commands)}`);
}

export async function redisMemory(redis: RedisConnection): Promise<number> {
  return readMemory(String(await redis.info('memory')));
}

/** @throws an Error that names the field which the server does not tell */
function infoNumber(info: string, name: string): number {
  const text = new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1];
  if (text === undefined) throw new Error(`INFO has no ${name}`);
  return Number(text);
}
