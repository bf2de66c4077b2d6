import { describe, expect, it } from '@jest/globals';
import { type AddressKind, addressKind, allAllowed } from './address.js';

describe('an address', () => {
  it.each<[AddressKind, readonly string[]]>([
    [
      'public',
      ['8.8.8.8', '1.1.1.1', '172.15.0.1', '172.32.0.1', '100.63.0.1', '100.128.0.1', '223.255.255.255'],
    ],
    ['public', ['2606:4700:4700::1111', '2400:cb00::1', '2001:200::1', '2001:4860:4860::8888']],
    ['private', ['127.0.0.1', '127.255.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.0.1']],
    ['private', ['169.254.1.1', '100.64.0.1', '100.127.255.255', '198.18.0.1', '192.0.2.1', '203.0.113.9']],
    [
      'private',
      ['::1', 'fc00::1', 'fdff::1', 'fe80::1', 'fe80::1%eth0', '2001:db8::1', '2001:0:1::1', '3fff::1'],
    ],
    ['never', ['0.0.0.0', '0.1.2.3', '224.0.0.1', '239.1.1.1', '240.0.0.1', '255.255.255.255']],
    ['never', ['169.254.169.254', '168.63.129.16', '100.100.100.200', 'fd00:ec2::254', '192.0.0.192']],
    [
      'never',
      [
        '::',
        'ff02::1',
        'fec0::1',
        '4000::1',
        '100::1',
        '64:ff9b:1::1',
        '',
        'localhost',
        '1.2.3',
        '1.2.3.4.5',
      ],
    ],
  ])('is %s: %j', (kind, addresses) => {
    expect(addresses.map((address) => [address, addressKind(address)])).toEqual(
      addresses.map((address) => [address, kind]),
    );
  });

  it.each<[string, (v4: string, hex: string) => string]>([
    ['mapped', (v4) => `::ffff:${v4}`],
    ['mapped, in groups', (_v4, hex) => `::ffff:${hex}`],
    ['mapped, written out', (_v4, hex) => `0:0:0:0:0:ffff:${hex}`],
    ['translated', (v4) => `::ffff:0:${v4}`],
    ['compatible', (v4) => `::${v4}`],
    ['NAT64', (v4) => `64:ff9b::${v4}`],
    ['6to4', (_v4, hex) => `2002:${hex}::1`],
  ])('of IPv6 is what the IPv4 address is that it leads to: %s', (_name, form) => {
    expect(addressKind(form('127.0.0.1', '7f00:1'))).toBe('private');
    expect(addressKind(form('10.0.0.5', 'a00:5'))).toBe('private');
    expect(addressKind(form('169.254.169.254', 'a9fe:a9fe'))).toBe('never');
    expect(addressKind(form('8.8.8.8', '808:808'))).toBe('public');
  });
});

describe('the addresses of a name', () => {
  it('are allowed only when each of them is', () => {
    expect(allAllowed(['8.8.8.8', '2606:4700::1'], false)).toBe(true);
    expect(allAllowed(['8.8.8.8', '127.0.0.1'], false)).toBe(false);
    expect(allAllowed(['8.8.8.8', '127.0.0.1'], true)).toBe(true);
    expect(allAllowed(['127.0.0.1', '169.254.169.254'], true)).toBe(false);
  });
});
