import { isInRange, readAddress, readRange } from "./address.js";
import { keepingLast } from "./last-reading.js";
import type { Comparison } from "./value-test.js";

const readFoundAddress = keepingLast(readAddress);

/** Whether an address is in a range of IPv4 or IPv6. */
export const compareAddresses: Comparison = {
  allowed: 'an IP address or a range such as "192.0.2.0/24" or "2001:db8::/32"',
  prepare(value) {
    const range = readRange(value);
    if (range === undefined) return undefined;
    return (text) => {
      const address = readFoundAddress(text);
      return address !== undefined && isInRange(address, range);
    };
  },
};
