import { BlockList, isIP } from "node:net";

// the special-purpose registries of IANA (RFC 6890 and later), and 168.63.129.16, which is the host of a machine at Azure
const FORBIDDEN_4 = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24"],
  ...["192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
  "168.63.129.16/32",
];
// what is not 2000::/3 is not public; of that these are special: protocol assignments with Teredo, documentation, 6to4
const PUBLIC_6 = "2000::/3";
const FORBIDDEN_6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];
// an IPv4 address follows: mapped, and translated by NAT64
const EMBEDDING_6 = ["::ffff:0:0/96", "64:ff9b::/96"];

let made: ReturnType<typeof makeLists> | undefined;

/** Made for the first address: that takes milliseconds, and most processes that load this check none. */
function lists(): ReturnType<typeof makeLists> {
  return (made ??= makeLists());
}

function makeLists() {
  return {
    forbidden4: listOf(FORBIDDEN_4, "ipv4"),
    ...{ public6: listOf([PUBLIC_6], "ipv6"), forbidden6: listOf(FORBIDDEN_6, "ipv6"), embedding6: listOf(EMBEDDING_6, "ipv6") },
  };
}

/**
 * Whether an IP address is not one of the public internet: private, of this machine, of its link (such as the metadata services at
 * 169.254.169.254 and fd00:ec2::254), shared by a provider, reserved, or an IPv6 form of such an IPv4 address.
 */
export function isPrivateAddress(address: string): boolean {
  const plain = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  const family = isIP(plain);
  if (family === 4) return lists().forbidden4.check(plain, "ipv4");
  if (family === 0) throw new Error(`"${address}" is not an IP address`);
  const { public6, forbidden6, embedding6 } = lists();
  if (embedding6.check(plain, "ipv6")) return isPrivateAddress(embeddedIn(plain));
  return !public6.check(plain, "ipv6") || forbidden6.check(plain, "ipv6");
}

/** The last 32 bits of an IPv6 address, which a URL writes in hexadecimal. */
function embeddedIn(address: string): string {
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split(":");
  const [high = 0, low = 0] = groups.slice(-2).map((group) => Number.parseInt(group === "" ? "0" : group, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

function listOf(networks: readonly string[], family: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits] = network.split("/");
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}
