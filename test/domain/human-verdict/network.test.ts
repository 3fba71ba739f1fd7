import { expect, test } from 'vitest';
import { networkOf } from '../../../server/domain/human-verdict/network.ts';
import { parseNetworkFile } from '../../../server/domain/human-verdict/network-list.ts';

test.each([
  ['203.0.113.77', '203.0.113.0/24'],
  ['::ffff:203.0.113.77', '203.0.113.0/24'],
  ['2001:db8:1:2::3', '2001:db8:1::/48'],
  ['2001:DB8::1', '2001:db8::/48'],
  ['fe80::1%eth0', 'fe80::/48'],
  ['::1', '::/48'],
  ['1:2:3:4:5:6:7:8', '1:2:3::/48'],
  ['203.0.113', null],
  ['203.0.113.256', null],
  ['1:2:3:4:5:6:7', null],
  ['1::2::3', null],
  ['12345::', null],
  ['', null],
  ['unknown', null],
])('%s belongs to %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test('an operator file is read line by line, and each wrong line is named', () => {
  const { networks, problems } = parseNetworkFile(
    ['# ours', '', '198.51.100.0/22 # Example', '2001:db8:8000::/33', '10.0.0.0/0', 'not a network', '1.2.3.4/33'].join(
      '\r\n',
    ),
  );
  expect(networks.size).toBe(2);
  expect(problems.map(({ line }) => line)).toEqual([5, 6, 7]);
  expect(problems[1]?.message).toBe('"not a network" is not an IPv4 or IPv6 network.');
});

test.each([
  ['198.51.103.0/24', { name: 'Example', whole: true }],
  ['198.51.104.0/24', null],
  ['2001:db8:8001::/48', { name: '2001:db8:8000::/33', whole: true }],
  ['2001:db8:1::/48', null],
  ['192.0.2.0/24', { name: 'Part', whole: false }],
  ['2001:db8:2::/48', { name: 'Part six', whole: false }],
  ['nonsense', null],
])('%s is found as %o', (network, found) => {
  const file = '198.51.100.0/22 # Example\n2001:db8:8000::/33\n192.0.2.64/26 # Part\n2001:db8:2:3::/64 # Part six';
  expect(parseNetworkFile(file).networks.find(network)).toEqual(found);
});
