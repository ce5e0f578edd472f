import type { ActionContext } from "@imagewright/action-contract";
import { Apt } from "./apt.js";
import type { Commands } from "./commands.js";
import { Dnf } from "./dnf.js";
import { linuxActionError } from "../errors.js";
import type { PackageManager } from "./package-manager.js";
import { waitForLock } from "./wait-for-lock.js";
import { Zypper } from "./zypper.js";

/**
 * Finds the package manager that this system was installed with. A system may have others too: apt counts only if dpkg has
 * packages, and zypper comes before dnf, since SUSE ships a dnf package. Throws if there is none.
 */
export async function findPackageManager(commands: Commands, context: ActionContext): Promise<PackageManager> {
  const isThere = async (name: string) => (await commands.tryToAsk(name, ["--version"])) !== undefined;
  const withLock = waitForLock(context);
  if (await isThere("apt-get")) {
    const apt = new Apt(commands, withLock);
    if ((await apt.installed().catch(() => new Map())).size > 0) return apt;
  }
  if (await isThere("zypper")) return new Zypper(commands, withLock);
  for (const name of ["dnf", "yum"] as const) if (await isThere(name)) return new Dnf(name, commands);
  throw linuxActionError("no-package-manager", { known: ["apt-get", "dnf", "yum", "zypper"] });
}
