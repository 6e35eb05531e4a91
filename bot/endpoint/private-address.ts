import { BlockList, isIP } from 'node:net';

/** Networks that are not the internet. @see IANA IPv4 and IPv6 Special-Purpose Address Registries */
const PRIVATE_NETWORKS = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  // Of IPv6 only 2000::/3 is the internet; inside it these are not, or hide an IPv4 address.
  ['::', 3, 'ipv6'],
  ['4000::', 2, 'ipv6'],
  ['8000::', 1, 'ipv6'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['3fff::', 20, 'ipv6'],
] as const;

/** One list per family: a list that knows both would look IPv4 addresses up in their IPv6 form too. */
const privateNetworks = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [network, prefix, family] of PRIVATE_NETWORKS) privateNetworks[family].addSubnet(network, prefix, family);

/**
 * True for every address that is not plainly a public one: private, link-local, loopback, shared, documentation and
 * multicast ranges, and IPv6 forms that carry an IPv4 address. What is no address at all counts as private.
 */
export function isPrivateAddress(address: string): boolean {
  if (isIP(address) === 0) return true;
  const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
  return privateNetworks[family].check(address, family);
}
