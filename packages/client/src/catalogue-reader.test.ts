import { describe, expect, it } from '@jest/globals';
import { CatalogueReader } from './catalogue-reader.js';

const CATALOGUE = JSON.stringify({ v: 1, routes: {}, gateways: {}, replies: ['results'] });

describe('reading the catalogue', () => {
  it('asks once in five seconds, however many want to know', async () => {
    let now = 0;
    let asked = 0;
    const reader = new CatalogueReader(
      async () => {
        asked++;
        return CATALOGUE;
      },
      () => now,
    );
    await Promise.all([reader.read(), reader.read()]);
    now = 4_999;
    expect((await reader.read())?.replies).toEqual(['results']);
    expect(asked).toBe(1);
    now = 5_000;
    await reader.read();
    expect(asked).toBe(2);
  });

  it('asks again at once after a failure', async () => {
    const answers = [Promise.reject(new Error('gone')), Promise.resolve(null)];
    const reader = new CatalogueReader(
      () => answers.shift() ?? Promise.resolve(CATALOGUE),
      () => 0,
    );
    await expect(reader.read()).rejects.toThrow('gone');
    expect(await reader.read()).toBeUndefined();
  });
});
