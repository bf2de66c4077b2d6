import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fairShare } from './share.js';

type Holders = Map<string, string | undefined>;

/** One round: every member looks at the same picture, lets go and acquires; a resource goes to the first that asks. */
function round(resources: readonly string[], members: readonly string[], holders: Holders): boolean {
  const picture = new Map(holders);
  const advice = members.map((member) => [member, fairShare(resources, members, picture, member)] as const);
  let quiet = true;
  for (const [member, { release }] of advice) {
    for (const resource of release) {
      expect(picture.get(resource)).toBe(member);
      holders.set(resource, undefined);
      quiet = false;
    }
  }
  for (const [member, { acquire }] of advice) {
    for (const resource of acquire) {
      expect(picture.get(resource)).toBeUndefined();
      quiet = false;
      if (holders.get(resource) === undefined) holders.set(resource, member);
    }
  }
  return quiet;
}

function settle(resources: readonly string[], members: readonly string[], holders: Holders): number {
  for (let rounds = 0; rounds <= 2 * resources.length + 4; rounds++) {
    if (round(resources, members, holders)) return rounds;
  }
  throw new Error(`never quiet: ${JSON.stringify([...holders])}`);
}

function expectEven(resources: readonly string[], members: readonly string[], holders: Holders): void {
  const shares = members.map(
    (member) => resources.filter((resource) => holders.get(resource) === member).length,
  );
  expect(shares.reduce((a, b) => a + b, 0)).toBe(resources.length);
  expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
}

const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${prefix}${String(i).padStart(2, '0')}`);
const resourceCount = fc.integer({ min: 1, max: 12 });
const memberCount = fc.integer({ min: 1, max: 6 });

describe('fairShare', () => {
  it('gives every resource an owner, evenly, from whatever stands there, and then is quiet', () => {
    fc.assert(
      fc.property(resourceCount, memberCount, fc.array(fc.nat()), (resourceNumber, memberNumber, chance) => {
        const resources = names('r', resourceNumber);
        const members = names('m', memberNumber);
        const holders: Holders = new Map(
          resources.map((resource, i) => {
            const pick = (chance[i] ?? 0) % (memberNumber + 1);
            return [resource, members[pick]];
          }),
        );
        settle(resources, members, holders);
        expectEven(resources, members, holders);
        for (const member of members) {
          expect(fairShare(resources, members, holders, member)).toEqual({ acquire: [], release: [] });
        }
      }),
    );
  });

  it('takes few rounds from nothing', () => {
    fc.assert(
      fc.property(resourceCount, memberCount, (resourceNumber, memberNumber) => {
        const resources = names('r', resourceNumber);
        const holders: Holders = new Map();
        expect(settle(resources, names('m', memberNumber), holders)).toBeLessThanOrEqual(4);
      }),
    );
  });

  it('shares anew when a member joins or leaves, and moves no more than it must', () => {
    fc.assert(
      fc.property(resourceCount, memberCount, (resourceNumber, memberNumber) => {
        const resources = names('r', resourceNumber);
        const members = names('m', memberNumber);
        const holders: Holders = new Map();
        settle(resources, members, holders);

        const more = [...members, 'm99'];
        const before = new Map(holders);
        settle(resources, more, holders);
        expectEven(resources, more, holders);
        const moved = resources.filter((resource) => holders.get(resource) !== before.get(resource));
        expect(moved.length).toBeLessThanOrEqual(Math.ceil(resourceNumber / more.length) + memberNumber);

        const [gone, ...left] = more;
        for (const resource of resources)
          if (holders.get(resource) === gone) holders.set(resource, undefined);
        settle(resources, left, holders);
        expectEven(resources, left, holders);
      }),
    );
  });

  it('leaves the leases of somebody unknown alone until they end', () => {
    const holders: Holders = new Map([
      ['r0', 'a process that died'],
      ['r1', undefined],
    ]);
    expect(fairShare(['r0', 'r1'], ['m0'], holders, 'm0')).toEqual({ acquire: ['r1'], release: [] });
  });

  it('counts the asking member although the others have not seen it yet', () => {
    const holders: Holders = new Map([
      ['r0', 'm0'],
      ['r1', undefined],
    ]);
    expect(fairShare(['r0', 'r1'], ['m0'], holders, 'm1')).toEqual({ acquire: ['r1'], release: [] });
  });

  it('lets members that look at once reach for different resources', () => {
    const resources = names('r', 4);
    const members = names('m', 4);
    const first = members.map((member) => fairShare(resources, members, new Map(), member).acquire[0]);
    expect(new Set(first).size).toBe(4);
  });
});
