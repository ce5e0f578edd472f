import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

/** The package in which npm has Node's executable for this machine. */
const PACKAGE = `node-${process.platform}-${process.arch}`;

/** Fetches the newest Node that npm has into a folder, unless it is there, and returns the path of its executable and its version. */
export function installNewestNode(cache) {
  const version = npm(["view", PACKAGE, "version"]).trim();
  const folder = join(cache, version);
  const executable = join(folder, "package", "bin", "node");
  if (!existsSync(executable)) {
    mkdirSync(cache, { recursive: true });
    // complete once it has its name
    const draft = mkdtempSync(join(cache, "draft-"));
    try {
      const archive = npm(["pack", `${PACKAGE}@${version}`, "--silent", "--pack-destination", draft]).trim();
      execFileSync("tar", ["--extract", "--file", join(draft, archive), "--directory", draft]);
      rmSync(join(draft, archive));
      rmSync(folder, { recursive: true, force: true });
      renameSync(draft, folder);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  }
  return { executable, version };
}

function npm(parameters) {
  return execFileSync("npm", parameters, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}
