import { describe, expect, it } from '@jest/globals';
import { methods, msgTypes } from './methods.js';
import { checkVectors } from './testing/golden.js';
import { packetOf } from './testing/golden-vector.js';
import { goldenVectors } from './testing/golden-vectors.js';

checkVectors(goldenVectors);

describe('the golden vectors', () => {
  it.each(Object.keys(methods))('show %s at least three times', (method) => {
    const shown = goldenVectors.filter((vector) => vector.method === method);
    expect(shown.length).toBeGreaterThanOrEqual(3);
    expect(new Set(shown.map(({ name }) => name)).size).toBe(shown.length);
  });

  it.each(Object.values(msgTypes))('show a message of type %p at least three times', (type) => {
    const shown = goldenVectors
      .map(packetOf)
      .filter(({ method, body }) => method === 'MsgSendReq' && body.MsgType === type);
    expect(shown.length).toBeGreaterThanOrEqual(3);
  });
});
