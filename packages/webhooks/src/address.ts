import { BlockList, isIPv4, isIPv6 } from 'node:net';

/**
 * Which addresses a delivery may go to. The URL of a webhook may come with a message, so that whoever may send messages could
 * have us speak to machines that only we reach: those are refused, unless the webhook is allowed private ones.
 *
 * `private`: in our own network, or of no use outside of one. `never`: no receiver stands there, or one that gives away
 * credentials to whoever asks (cloud metadata), allowed or not.
 */
export type AddressKind = 'public' | 'private' | 'never';

/** IANA's special-purpose addresses that could lead into a network of our own, or nowhere. */
const PRIVATE_V4 = [
  '10.0.0.0/8',
  '100.64.0.0/10', // carrier-grade NAT
  '127.0.0.0/8',
  '169.254.0.0/16', // link-local
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24', // documentation, as the two below
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16',
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24',
  '203.0.113.0/24',
];
const NEVER_V4 = [
  '0.0.0.0/8', // this machine, on some systems
  '168.63.129.16/32', // metadata of Azure
  '169.254.169.254/32', // metadata of nearly every cloud
  '169.254.170.2/32', // credentials of containers at AWS
  '100.100.100.200/32', // metadata of Alibaba
  '192.0.0.192/32', // metadata of Oracle
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and broadcast
];
/** Of the addresses that are assigned at all, `2000::/3`. */
const PRIVATE_V6 = ['2001::/23', '2001:db8::/32', '3fff::/20'];
const PRIVATE_V6_OUTSIDE = ['::1/128', 'fc00::/7', 'fe80::/10'];
const NEVER_V6 = ['fd00:ec2::254/128', 'fd20:ce::254/128'];

function listOf(type: 'ipv4' | 'ipv6', subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [network = '', bits] = subnet.split('/');
    list.addSubnet(network, Number(bits), type);
  }
  return list;
}

const privateV4 = listOf('ipv4', PRIVATE_V4);
const neverV4 = listOf('ipv4', NEVER_V4);
const assignedV6 = listOf('ipv6', ['2000::/3']);
const privateV6 = listOf('ipv6', [...PRIVATE_V6, ...PRIVATE_V6_OUTSIDE]);
const neverV6 = listOf('ipv6', NEVER_V6);

/** The eight groups of an IPv6 address that `node:net` takes for one. */
function groupsOf(address: string): number[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  if (dotted) {
    const [, head, ...bytes] = dotted;
    const [a = 0, b = 0, c = 0, d = 0] = bytes.map(Number);
    return groupsOf(`${head}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`);
  }
  const parse = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const [head = '', tail] = address.split('::');
  if (tail === undefined) return parse(head);
  const [first, last] = [parse(head), parse(tail)];
  return [...first, ...new Array<number>(8 - first.length - last.length).fill(0), ...last];
}

/** The IPv4 address at these two groups. */
function embedded(groups: readonly number[], at: number): string {
  return [groups[at] ?? 0, groups[at + 1] ?? 0].flatMap((group) => [group >> 8, group & 255]).join('.');
}

/** The IPv4 address that an IPv6 address leads to: mapped, compatible, NAT64 or 6to4. */
function embeddedV4(groups: readonly number[]): string | undefined {
  const [first, second] = groups;
  const zeros = (from: number, to: number) => groups.slice(from, to).every((group) => group === 0);
  if (zeros(0, 5) && groups[5] === 0xffff) return embedded(groups, 6); // ::ffff:a.b.c.d
  if (zeros(0, 4) && groups[4] === 0xffff && groups[5] === 0) return embedded(groups, 6); // ::ffff:0:a.b.c.d
  if (zeros(0, 6) && (groups[6] !== 0 || (groups[7] ?? 0) > 1)) return embedded(groups, 6); // ::a.b.c.d
  if (first === 0x64 && second === 0xff9b && zeros(2, 6)) return embedded(groups, 6); // 64:ff9b::a.b.c.d
  if (first === 0x2002) return embedded(groups, 1); // 2002:aabb:ccdd::
  return undefined;
}

/** What kind of address this is; anything that is none is `never`. Pure. */
export function addressKind(address: string): AddressKind {
  const bare = address.split('%', 1)[0] ?? '';
  if (isIPv4(bare)) {
    if (neverV4.check(bare)) return 'never';
    return privateV4.check(bare) ? 'private' : 'public';
  }
  if (!isIPv6(bare)) return 'never';
  const within = embeddedV4(groupsOf(bare));
  if (within !== undefined) return addressKind(within);
  if (neverV6.check(bare, 'ipv6')) return 'never';
  if (privateV6.check(bare, 'ipv6')) return 'private';
  return assignedV6.check(bare, 'ipv6') ? 'public' : 'never';
}

/** May a delivery go to every one of these addresses? A name that leads anywhere else as well is not to be trusted at all. Pure. */
export function allAllowed(addresses: readonly string[], allowPrivate: boolean): boolean {
  return addresses.every((address) => {
    const kind = addressKind(address);
    return kind === 'public' || (kind === 'private' && allowPrivate);
  });
}
