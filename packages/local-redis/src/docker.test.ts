import { describe, expect, it } from '@jest/globals';
import { dockerAnswers, engineAddresses } from './docker.js';

describe('engineAddresses', () => {
  it('believes DOCKER_HOST alone where it is set', () => {
    expect(
      engineAddresses({ DOCKER_HOST: 'tcp://10.0.0.1:2375', XDG_RUNTIME_DIR: '/run/user/1' }, '/home/a'),
    ).toEqual(['tcp://10.0.0.1:2375']);
  });

  it('tries the usual sockets, a rootless one only where there may be one', () => {
    expect(engineAddresses({ XDG_RUNTIME_DIR: '/run/user/1000' }, '/home/a')).toContain(
      'unix:///run/user/1000/docker.sock',
    );
    expect(engineAddresses({}, '/home/a')).toEqual([
      'unix:///var/run/docker.sock',
      'unix:///home/a/.docker/run/docker.sock',
      'unix:///home/a/.docker/desktop/docker.sock',
    ]);
  });
});

describe('dockerAnswers', () => {
  it.each(['unix:///nowhere/docker.sock', 'tcp://127.0.0.1:1', 'nonsense'])(
    'is false for %s',
    async (host) => {
      expect(await dockerAnswers({ DOCKER_HOST: host })).toBe(false);
    },
  );
});
