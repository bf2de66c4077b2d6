import { describe, expect, it } from '@jest/globals';
import { type Candidate, candidates, type Probes } from './candidates.js';

/** A machine that has nothing, and a list of what it was asked. */
function machine(has: Partial<Probes> = {}): { probes: Probes; asked: string[] } {
  const asked: string[] = [];
  const bare: Probes = {
    redisUrl: () => undefined,
    executable: async () => undefined,
    dockerAnswers: async () => false,
    aptAccess: async () => undefined,
  };
  const all = { ...bare, ...has };
  const probes: Probes = {
    redisUrl: () => all.redisUrl(),
    executable: (name) => {
      asked.push(name);
      return all.executable(name);
    },
    dockerAnswers: () => {
      asked.push('docker');
      return all.dockerAnswers();
    },
    aptAccess: () => {
      asked.push('apt');
      return all.aptAccess();
    },
  };
  return { probes, asked };
}

async function all(probes: Probes): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for await (const candidate of candidates(probes)) found.push(candidate);
  return found;
}

const redis = { path: '/usr/bin/redis-server', version: '7.0.15' };
const valkey = { path: '/usr/bin/valkey-server', version: '8.0.1' };

describe('candidates', () => {
  it('offers nothing but REDIS_URL where it is set, and looks no further', async () => {
    const { probes, asked } = machine({
      redisUrl: () => 'redis://10.0.0.1:6379',
      executable: async () => redis,
      dockerAnswers: async () => true,
      aptAccess: async () => 'root',
    });
    expect(await all(probes)).toEqual([{ source: 'REDIS_URL', url: 'redis://10.0.0.1:6379' }]);
    expect(asked).toEqual([]);
  });

  it('takes an empty REDIS_URL for none', async () => {
    const { probes } = machine({ redisUrl: () => '', dockerAnswers: async () => true });
    expect((await all(probes)).map(({ source }) => source)).toContain('docker');
  });

  it('offers redis-server, valkey-server, Docker and apt in this order', async () => {
    const { probes } = machine({
      executable: async (name) => (name === 'redis-server' ? redis : valkey),
      dockerAnswers: async () => true,
      aptAccess: async () => 'sudo',
    });
    expect(await all(probes)).toEqual([
      { source: 'redis-server', executable: redis },
      { source: 'valkey-server', executable: valkey },
      { source: 'docker' },
      { source: 'apt', access: 'sudo' },
    ]);
  });

  it('asks nothing of Docker or apt while the caller is content with a server on PATH', async () => {
    const { probes, asked } = machine({ executable: async () => redis });
    const first = await candidates(probes).next();
    expect(first.value).toEqual({ source: 'redis-server', executable: redis });
    expect(asked).toEqual(['redis-server']);
  });

  it('passes over a server that is too old or hides its version, and says so', async () => {
    const { probes } = machine({
      executable: async (name) => ({
        path: `/usr/bin/${name}`,
        version: name === 'redis-server' ? '6.0.16' : '',
      }),
    });
    expect((await all(probes)).slice(0, 2)).toEqual([
      { source: 'none', reason: 'redis-server: 6.0.16, older than 6.2' },
      { source: 'none', reason: 'valkey-server: of unknown version, older than 6.2' },
    ]);
  });

  it('gives a reason for each closed way on a machine that has nothing', async () => {
    const { probes } = machine();
    const found = await all(probes);
    expect(found.map(({ source }) => source)).toEqual(['none', 'none', 'none', 'none']);
    expect(found).toContainEqual({ source: 'none', reason: 'docker: no engine answers' });
  });
});
