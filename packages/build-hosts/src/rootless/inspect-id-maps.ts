import { lastLines } from "../processes/engine-failure.js";
import { asRoot } from "./as-root.js";
import type { RootlessCheck } from "./rootless-check.js";
import { tryCommand } from "./try-command.js";

/** Whether newuidmap and newgidmap really map the user's ids; undefined if this computer's unshare cannot tell. */
export async function inspectIdMaps(): Promise<RootlessCheck | undefined> {
  const { exitCode, stderr } = await tryCommand(["unshare", "--user", "--map-root-user", "--map-auto", "true"]);
  // known since util-linux 2.38
  if (/unrecognized option|invalid option/i.test(stderr)) return undefined;
  const common = { name: "ids in user namespaces", required: true };
  if (exitCode === 0) return { ...common, usable: true, finding: "can be used" };
  const reason = lastLines(stderr, 1).join("");
  // without its setuid bit, as in a copied file system, newuidmap may do no more than any other program
  const fix = await asRoot("apt-get install --reinstall uidmap");
  return { ...common, usable: false, finding: `cannot be used (${reason})`, fix };
}
