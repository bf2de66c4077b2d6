import { describe, expect, it } from '@jest/globals';
import { FIRST_REST_MS, LONGEST_REST_MS, SICK_AFTER } from './health.js';
import { Host, type Lines, type Place, type Turn } from './host.js';
import { Hosts } from './hosts.js';

const NO_ROOM: Lines = { standing: 0, roomFor: 0, longest: 0 };

function open(
  limit: number,
  lines: Lines = { ...NO_ROOM },
): { host: Host; wait: (ms: number) => void; now: () => number } {
  let at = 1_000_000;
  const now = () => at;
  const wait = (ms: number) => {
    at += ms;
  };
  return { host: new Host({ limit, lines, now, random: () => 0.5 }), wait, now };
}

const kinds = (places: readonly Place[]) => places.map(({ kind }) => kind);
const times = <T>(count: number, make: () => T) => Array.from({ length: count }, make);

/** Gets a host to rest. */
function sicken(host: Host): void {
  for (let i = 0; i < SICK_AFTER; i++) {
    expect(host.ask().kind).toBe('go');
    host.failed(10);
  }
}

describe('a host', () => {
  it('gets as many deliveries at once as its limit, as many again in line, and nobody else', () => {
    const { host } = open(2);
    expect(kinds(times(6, () => host.ask()))).toEqual(['go', 'go', 'wait', 'wait', 'aside', 'aside']);
  });

  it('has a longer line as long as all lines together leave room for others', () => {
    const lines = { standing: 0, roomFor: 5, longest: 4 };
    const [first, second] = [open(1, lines).host, open(1, lines).host];
    expect(kinds(times(6, () => first.ask()))).toEqual(['go', 'wait', 'wait', 'wait', 'wait', 'aside']);
    expect(kinds(times(4, () => second.ask()))).toEqual(['go', 'wait', 'aside', 'aside']);
    first.stop();
    expect(lines.standing).toBe(1);
  });

  it('calls the line up in order as places come free', async () => {
    const { host } = open(1);
    host.ask();
    const told: string[] = [];
    const turns = ['first', 'second'].map((name) => {
      const place = host.ask();
      if (place.kind === 'wait') void place.turn.then((turn) => told.push(`${name} ${turn}`));
      return place.kind;
    });
    expect(turns).toEqual(['wait', 'aside']);
    host.arrived(10);
    await Promise.resolve();
    expect(told).toEqual(['first go']);
    expect(host.ask().kind).toBe('wait');
  });

  it('tells whoever is set aside to come again one after the other, as fast as it takes deliveries', () => {
    const { host, now } = open(2);
    for (let i = 0; i < 100; i++) {
      host.ask();
      host.arrived(400);
    }
    times(4, () => host.ask());
    const untils = times(3, () => host.ask()).map((place) =>
      place.kind === 'aside' ? place.until - now() : 0,
    );
    expect(untils).toEqual([200, 300, 400]);
  });

  it('tells them to come soon as long as no delivery has ended', () => {
    const { host, now } = open(1);
    times(2, () => host.ask());
    const untils = times(3, () => host.ask()).map((place) =>
      place.kind === 'aside' ? place.until - now() : 0,
    );
    expect(untils).toEqual([700, 700, 700]);
  });

  it('puts new ones before those who were told to come late when it was slow', () => {
    const { host, now } = open(1);
    host.ask();
    host.arrived(10_000);
    times(2, () => host.ask());
    const until = () => {
      const place = host.ask();
      return place.kind === 'aside' ? place.until - now() : 0;
    };
    expect(times(4, until).at(-1)).toBe(15_200);
    for (let i = 0; i < 30; i++) host.arrived(10);
    times(2, () => host.ask());
    expect(until()).toBeLessThan(1_000);
  });

  it('lets nobody wait longer than a minute, and spreads those that would', () => {
    const { host, now } = open(1);
    host.ask();
    host.arrived(200);
    times(2, () => host.ask());
    const untils = times(1_000, () => host.ask()).map((place) =>
      place.kind === 'aside' ? place.until - now() : 0,
    );
    expect(Math.max(...untils)).toBeLessThanOrEqual(60_000);
    expect(untils.at(-1)).toBe(45_000);
  });

  it('rests after five failures in a row, with everybody in its line told to ask again', async () => {
    const { host, now } = open(5);
    times(5, () => host.ask());
    const waiting = host.ask();
    const turn: Promise<Turn> = waiting.kind === 'wait' ? waiting.turn : Promise.resolve('go');
    expect(times(5, () => host.failed(10))).toEqual([false, false, false, false, true]);
    expect(['go', 'again']).toContain(await turn);
    expect(host.ask()).toEqual({ kind: 'aside', until: now() + FIRST_REST_MS + 200, resting: true });
  });

  it('is tried with one delivery after a rest, and rests twice as long when that fails', () => {
    const { host, wait, now } = open(5);
    sicken(host);
    for (const rest of [5_000, 10_000, 20_000, 40_000, 80_000, 160_000, LONGEST_REST_MS, LONGEST_REST_MS]) {
      expect(host.health.restsUntil - now()).toBe(rest);
      wait(rest);
      expect(kinds([host.ask(), host.ask()])).toEqual(['go', 'aside']);
      expect(host.failed(10)).toBe(true);
    }
  });

  it('is well again with the first delivery that arrives', () => {
    const { host, wait } = open(2);
    sicken(host);
    wait(FIRST_REST_MS);
    host.ask();
    host.arrived(10);
    expect(kinds(times(2, () => host.ask()))).toEqual(['go', 'go']);
  });

  it('rests at once for as long as it asks', () => {
    const { host, wait, now } = open(2);
    host.ask();
    expect(host.failed(10, 30_000)).toBe(true);
    expect(host.health.restsUntil - now()).toBe(30_000);
    wait(29_999);
    expect(host.ask().kind).toBe('aside');
    wait(1);
    expect(host.ask().kind).toBe('go');
  });

  it('does not rest for one delivery that fails ever more seldom', () => {
    const { host, wait } = open(2);
    for (const pause of [5_000, 30_000, 120_000, 600_000, 1_800_000, 3_600_000]) {
      expect(host.ask().kind).toBe('go');
      expect(host.failed(10)).toBe(false);
      wait(pause);
    }
  });

  it('sends its line away when everything stops', async () => {
    const { host } = open(1);
    host.ask();
    const place = host.ask();
    host.stop();
    expect(place.kind === 'wait' && (await place.turn)).toBe('stop');
  });
});

describe('the hosts', () => {
  it('are kept apart by webhook and origin, and forgotten when nobody uses them', () => {
    let at = 0;
    const hosts = new Hosts({ now: () => at, random: () => 0, concurrency: 100 });
    const shop = hosts.of('shop', 'https://a.example', 1);
    expect(hosts.of('shop', 'https://a.example', 1)).toBe(shop);
    expect(hosts.of('crm', 'https://a.example', 1)).not.toBe(shop);
    expect(hosts.of('shop', 'https://b.example', 1)).not.toBe(shop);
    shop.ask();
    at += 11 * 60_000;
    expect(hosts.of('shop', 'https://a.example', 1)).toBe(shop); // a delivery is under way
    expect(hosts.size).toBe(1);
  });
});
