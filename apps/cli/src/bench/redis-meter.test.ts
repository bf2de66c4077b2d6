import { describe, expect, it } from '@jest/globals';
import { readMemory, readUsage, usageBetween } from './redis-meter.js';

const info = (user: string, evalshas: number) =>
  [
    '# CPU',
    'used_cpu_sys:1.250000',
    `used_cpu_user:${user}`,
    'used_cpu_sys_children:9.000000',
    'used_cpu_user_children:9.000000',
    '# Commandstats',
    `cmdstat_evalsha:calls=${evalshas},usec=5000,usec_per_call=50.00,rejected_calls=0,failed_calls=0`,
    'cmdstat_config|get:calls=2,usec=9,usec_per_call=4.50,rejected_calls=0,failed_calls=0',
  ].join('\r\n');

describe('readUsage', () => {
  it('adds user and system time of the server, without the children that write snapshots', () => {
    expect(readUsage(info('2.000001', 100)).cpuMicros).toBe(3_250_001);
  });

  it('reads every command with its calls and time', () => {
    expect(readUsage(info('2', 100)).commands).toEqual({
      evalsha: { calls: 100, micros: 5_000 },
      'config|get': { calls: 2, micros: 9 },
    });
  });

  it('names what the server does not tell', () => {
    expect(() => readUsage('used_cpu_user:1.0')).toThrow('INFO has no used_cpu_sys');
  });
});

describe('usageBetween', () => {
  it('takes what came between, and leaves out commands that did not', () => {
    const between = usageBetween(readUsage(info('2.5', 100)), readUsage(info('2.75', 130)));
    expect(between).toEqual({ cpuMicros: 250_000, commands: { evalsha: { calls: 30, micros: 0 } } });
  });
});

describe('readMemory', () => {
  it('takes off what clients and the append-only file have in hand', () => {
    const text = 'used_memory:1000000\r\nmem_clients_normal:1800\r\nmem_aof_buffer:200\r\n';
    expect(readMemory(text)).toBe(998_000);
  });
});
