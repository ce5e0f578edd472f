import { distributionError } from "../errors.js";

/** A registry that takes the container images of a Region. */
export interface Registry {
  /** `registry.example.com:5000/images`: the repositories are below it. `{account}` stands for the account of the image. */
  readonly address: string;
  /** Whether it is spoken to without TLS. */
  readonly isPlain?: boolean | undefined;
  /** A folder with `ca.crt` of its authority, and `client.cert` and `client.key`, as containers-certs.d(5) says. */
  readonly certificates?: string | undefined;
}

/** By Region. */
export type Registries = Readonly<Record<string, Registry>>;

/** A repository in a registry. */
export interface Repository extends Omit<Registry, "address"> {
  /** `registry.example.com:5000/images/web`. */
  readonly name: string;
}

const HOST = /^(\[[0-9a-f:]+\]|[A-Za-z0-9][A-Za-z0-9.-]*)(:[0-9]{1,5})?$/;
const PATH_PART = /^[a-z0-9]+([._-]+[a-z0-9]+)*$/;

/** Throws `address-invalid`. */
export function checkAddress(address: string): void {
  const refuse = (problem: string) => distributionError("address-invalid", { address, problem });
  if (address.includes("://")) throw refuse("it has a scheme");
  const [host = "", ...path] = address.replaceAll("{account}", "123456789012").split("/");
  if (!HOST.test(host)) throw refuse(`"${host}" is no host`);
  const part = path.find((one) => !PATH_PART.test(one));
  if (part !== undefined) throw refuse(`"${part}" in its path is not of lower-case letters and digits, with ".", "_" or "-" between them`);
}

/** The repository of an account in the registry of a Region. Throws `no-registry`. */
export function repositoryIn(
  registries: Registries,
  { region, accountId, repository }: { readonly region: string; readonly accountId: string; readonly repository: string },
): Repository {
  const registry = registries[region];
  if (registry === undefined) throw distributionError("no-registry", { region, available: Object.keys(registries) });
  const { address, ...rest } = registry;
  return { ...rest, name: `${address.replaceAll("{account}", accountId)}/${repository}` };
}
