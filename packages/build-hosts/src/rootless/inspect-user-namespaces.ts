import { readFile } from "node:fs/promises";
import { lastLines } from "../processes/engine-failure.js";
import { asRoot } from "./as-root.js";
import type { RootlessCheck } from "./rootless-check.js";
import { tryCommand } from "./try-command.js";

const name = "user namespaces";

/** The kernel's settings that forbid user namespaces to ordinary users: file, the forbidding value, one that allows them. */
const SETTINGS = [
  { setting: "user.max_user_namespaces", forbids: "0", allows: "15000" },
  // Debian's own, until version 11
  { setting: "kernel.unprivileged_userns_clone", forbids: "0", allows: "1" },
  // Ubuntu's, since 23.10
  { setting: "kernel.apparmor_restrict_unprivileged_userns", forbids: "1", allows: "0" },
] as const;

/** Whether this user may make a user namespace: one is made. The settings only say why not, since programs can be exempted from them. */
export async function inspectUserNamespaces(): Promise<RootlessCheck> {
  const { exitCode, stderr } = await tryCommand(["unshare", "--user", "--map-root-user", "true"]);
  if (exitCode === 0) return { name, usable: true, required: true, finding: "can be made" };
  for (const { setting, forbids, allows } of SETTINGS) {
    const value = await valueOf(setting);
    if (value !== forbids) continue;
    const fix = await asRoot(`sh -c "echo ${setting}=${allows} >> /etc/sysctl.d/90-user-namespaces.conf && sysctl --system"`);
    return { name, usable: false, required: true, finding: `are forbidden: ${setting} is ${value}`, fix };
  }
  const reason = lastLines(stderr, 1).join("");
  const fix = "if this is a container, start it with: --security-opt seccomp=unconfined";
  return { name, usable: false, required: true, finding: `cannot be made (${reason})`, fix };
}

/** The value of a setting of sysctl(8); undefined if the kernel does not have it. */
async function valueOf(setting: string): Promise<string | undefined> {
  const text = await readFile(`/proc/sys/${setting.replaceAll(".", "/")}`, "utf8").catch(() => undefined);
  return text?.trim();
}
