/**
 * Which addresses are the internet's: the only ones that somebody who makes a webhook may have us call.
 *
 * @module
 */
import { BlockList, isIPv4, isIPv6 } from "node:net";

/** Special purposes (RFC 6890 and the IANA registry): this host, private, shared, loopback, link-local, test, multicast. */
const SPECIAL_V4: readonly (readonly [network: string, prefix: number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];

/** Global unicast; everything else of IPv6 is local, mapped from IPv4, translated or reserved. */
const GLOBAL_V6 = ["2000::", 3] as const;

/** In there: protocol assignments with Teredo, documentation, 6to4 with any IPv4 address inside. */
const SPECIAL_V6: readonly (readonly [network: string, prefix: number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

const SPECIAL = new BlockList();
for (const [network, prefix] of SPECIAL_V4) SPECIAL.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of SPECIAL_V6) SPECIAL.addSubnet(network, prefix, "ipv6");
const GLOBAL = new BlockList();
GLOBAL.addSubnet(...GLOBAL_V6, "ipv6");

/** False for everything that is no IP address in its usual form, also with a zone. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !SPECIAL.check(address, "ipv4");
  if (!isIPv6(address) || address.includes("%")) return false;
  return GLOBAL.check(address, "ipv6") && !SPECIAL.check(address, "ipv6");
}
