import type { ReadCertificate } from "./read-certificate.js";

/** A server that listens at all addresses is at none that a client could name. */
export function forThisComputer(address: string, host: string): string {
  const { protocol, port } = new URL(address);
  const reached = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `${protocol}//${reached.includes(":") ? `[${reached}]` : reached}:${port}`;
}

/** Clients refuse an address that the certificate does not have. */
export function withNameOf(certificate: ReadCertificate | undefined, address: string): string {
  const { hostname, port } = new URL(address);
  const name = certificate?.names.find((known) => !known.includes("*"));
  if (certificate === undefined || name === undefined || certificate.names.includes(hostname.replace(/^\[|\]$/g, ""))) return address;
  return `https://${name.includes(":") ? `[${name}]` : name}:${port}`;
}
