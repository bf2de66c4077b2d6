import { describe, expect, it } from '@jest/globals';
import { readServerInfo } from './ask.js';

describe('readServerInfo', () => {
  it('reads version and process id of Redis', () => {
    const info = '# Server\r\nredis_version:7.0.15\r\nredis_mode:standalone\r\nprocess_id:4711\r\n';
    expect(readServerInfo(info)).toEqual({ version: '7.0.15', pid: 4711 });
  });

  it("prefers Valkey's own version to the Redis version it names for its clients", () => {
    const info =
      '# Server\r\nredis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.1.1\r\nprocess_id:9\r\n';
    expect(readServerInfo(info)).toEqual({ version: '8.1.1', pid: 9 });
  });
});
