import type { HostPorts } from "@imagewright/action-contract";
import { packageWith, type PackageFamily } from "./command-packages.js";

/** What the ids of distributions (`ID` and `ID_LIKE` of os-release(5)) say of their package managers. */
const FAMILIES: readonly (readonly [ids: readonly string[], family: PackageFamily])[] = [
  [["debian", "ubuntu"], "apt"],
  [["alpine"], "apk"],
  [["suse", "opensuse", "sles"], "zypper"],
  [["fedora", "rhel", "centos", "amzn"], "dnf"],
];

const COMMANDS: Readonly<Record<PackageFamily, (name: string, program: string) => string>> = {
  apt: (name) => `apt-get update && apt-get install -y ${name}`,
  dnf: (name, program) => `${program} install -y ${name}`,
  zypper: (name) => `zypper --non-interactive install ${name}`,
  apk: (name) => `apk add ${name}`,
};

/** The command that installs what brings a missing command on this machine; undefined if that is not known. */
export async function installCommand(missing: string, host: Pick<HostPorts, "platform" | "files">): Promise<string | undefined> {
  if (host.platform !== "linux") return undefined;
  const family = familyOf(await readOsRelease(host));
  const name = family === undefined ? undefined : packageWith(missing, family);
  if (family === undefined || name === undefined) return undefined;
  return COMMANDS[family](name, family === "dnf" ? await dnfProgram(host) : "");
}

/** The family by what an os-release file says. */
export function familyOf(osRelease: string): PackageFamily | undefined {
  const valueOf = (key: string) => new RegExp(`^${key}=["']?([^"'\\n]*)`, "m").exec(osRelease)?.[1] ?? "";
  const ids = `${valueOf("ID")} ${valueOf("ID_LIKE")}`.split(/[\s-]+/);
  return ids.flatMap((id) => FAMILIES.find(([known]) => known.includes(id))?.[1] ?? [])[0];
}

async function readOsRelease({ files }: Pick<HostPorts, "files">): Promise<string> {
  for (const path of ["/etc/os-release", "/usr/lib/os-release"]) {
    const text = await files.readFile(path, "utf8").catch(() => undefined);
    if (text !== undefined) return text;
  }
  return "";
}

async function dnfProgram({ files }: Pick<HostPorts, "files">): Promise<string> {
  for (const program of ["dnf", "microdnf", "yum"]) {
    const isThere = await files.access(`/usr/bin/${program}`).then(
      () => true,
      () => false,
    );
    if (isThere) return program;
  }
  return "dnf";
}
