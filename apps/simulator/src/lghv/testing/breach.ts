import { expect } from '@jest/globals';
import type { LghvOptions } from '../options.js';
import { submit } from './bodies.js';
import type { World } from './world.js';

/** How a client breaks one rule, and no other. */
export interface Breach {
  readonly options?: LghvOptions;
  readonly act: (world: World) => Promise<unknown>;
}

/** A DELIVER at the LMS/MMS server that is refused for its one mistake. */
export function onBody(body: Buffer, declared?: number): Breach {
  return {
    act: async (world) => {
      const { code } = await submit(await world.sender('mms'), body, declared);
      expect(code).not.toBe('0');
      // An image that the gateway does not have breaks no rule: 16 would hide that nothing was judged.
      expect(code).not.toBe('16');
    },
  };
}
