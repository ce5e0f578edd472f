import { BlockList, isIP } from "node:net";

type Environment = Readonly<Record<string, string>>;

const PORTS: Readonly<Record<string, string>> = { "http:": "80", "https:": "443" };

/**
 * The proxy for an address according to the environment, or undefined for a direct connection. As in most programs: `http_proxy`,
 * `https_proxy`, `all_proxy` and `no_proxy`, in lower or upper case, and never for this machine itself.
 * `no_proxy` lists host names (including their subdomains), IP addresses, networks such as `10.0.0.0/8`, each with or without a port, or
 * `*`.
 */
export function proxyFor(url: URL, environment: Environment): string | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  if (isThisMachine(host)) return undefined;
  const proxy = valueOf(environment, `${url.protocol.replace(":", "")}_proxy`) ?? valueOf(environment, "all_proxy");
  if (proxy === undefined) return undefined;
  const port = url.port === "" ? PORTS[url.protocol] : url.port;
  const exceptions = (valueOf(environment, "no_proxy") ?? "").split(/[,\s]+/).filter((entry) => entry !== "");
  if (exceptions.some((entry) => covers(entry.toLowerCase(), host, port))) return undefined;
  return proxy.includes("://") ? proxy : `http://${proxy}`;
}

function valueOf(environment: Environment, name: string): string | undefined {
  const value = environment[name] ?? environment[name.toUpperCase()];
  return value === undefined || value.trim() === "" ? undefined : value.trim();
}

function isThisMachine(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

function covers(entry: string, host: string, port: string | undefined): boolean {
  if (entry === "*") return true;
  const [, network, bits] = /^(.+)\/(\d+)$/.exec(entry) ?? [];
  if (network !== undefined) return isInNetwork(host, network, Number(bits));
  const [, named = entry, namedPort] = isIP(entry) === 6 ? [] : (/^(.+?)(?::(\d+))?$/.exec(entry) ?? []);
  if (namedPort !== undefined && namedPort !== port) return false;
  const name = named.replace(/^\[|\]$/g, "").replace(/^\*?\./, "");
  return host === name || (isIP(host) === 0 && host.endsWith(`.${name}`));
}

function isInNetwork(host: string, network: string, bits: number): boolean {
  const family = isIP(network);
  if (family === 0 || isIP(host) !== family || bits > (family === 4 ? 32 : 128)) return false;
  const type = family === 4 ? "ipv4" : "ipv6";
  const list = new BlockList();
  list.addSubnet(network, bits, type);
  return list.check(host, type);
}
