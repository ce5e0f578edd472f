import { lookup as lookUp, type LookupAddress } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { quote } from "@imagewright/diagnostics";
import { isPrivateAddress } from "./private-address.js";

/** The variable with which a run forbids addresses that are not public: `forbidden`. */
const PRIVATE_ADDRESSES_VARIABLE = "IMAGEWRIGHT_PRIVATE_ADDRESSES";

/** A connection to an address that is not public was refused. */
export class PrivateAddressRefused extends Error {
  readonly code = "ERR_IMAGEWRIGHT_PRIVATE_ADDRESS";
}

/** Whether a run may connect to public addresses only. */
export function requiresPublicAddresses(environment: Readonly<Record<string, string>>): boolean {
  return environment[PRIVATE_ADDRESSES_VARIABLE] === "forbidden";
}

/** Throws for an IP address that is not public. A name is checked by `publicLookup`, or by the proxy that looks it up. */
export function requirePublicLiteral({ hostname }: URL): void {
  const address = hostname.replace(/^\[|\]$/g, "");
  if (isIP(address) !== 0 && isPrivateAddress(address)) throw refusal(address);
}

/**
 * Looks a name up as `dns.lookup` does, and fails if one of its addresses is not public. What it returns is what the connection is made
 * to, so an answer that changes from one look to the next gains nothing.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookUp(hostname, { ...options, all: true }, (error, found) => {
    const addresses = error === null ? found : [];
    const [first] = addresses;
    const bad = addresses.find(({ address }) => isPrivateAddress(address));
    if (bad !== undefined) callback(refusal(bad.address, hostname), "");
    else if (error !== null || first === undefined) callback(error ?? new Error(`${quote(hostname)} has no address`), "");
    else answer(addresses, first);
  });
  function answer(addresses: readonly LookupAddress[], { address, family }: LookupAddress): void {
    if (options.all === true) callback(null, [...addresses]);
    else callback(null, address, family);
  }
};

function refusal(address: string, hostname?: string): PrivateAddressRefused {
  const place = hostname === undefined ? `${quote(address)} is` : `the host ${quote(hostname)} has the address ${quote(address)}, which is`;
  return new PrivateAddressRefused(`${place} not a public address, and this run forbids those`);
}
