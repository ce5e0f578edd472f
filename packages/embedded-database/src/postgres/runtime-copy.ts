import {
  constants,
  copyFileSync,
  mkdirSync,
  chmodSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  existsSync,
  rmSync,
  renameSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { inheritedEnvironment, isSurelyDead, runProgram, scratchOwner } from "@imagewright/node-host";
import type { NativePackage } from "./native-package.js";

const DRAFT = ".draft-";
// for those who compile against Postgres
const NOT_NEEDED = /^(?:.*\.a|pkgconfig)$/;

/**
 * The folder with the programs of Postgres, made in `place` if it is not there: a copy of the package that other users can read, with the
 * links that its install script would make. It appears at once and complete.
 */
export async function runtimeCopy({ folder, label }: NativePackage, place: string): Promise<string> {
  const target = join(place, label);
  if (existsSync(target)) return target;
  await removeAbandoned(place);
  const draft = `${target}${DRAFT}${await scratchOwner()}`;
  try {
    copyFolder(join(folder, "native"), draft);
    makeLinks(draft);
    await writeToDisk(draft);
    renameSync(draft, target);
  } catch (thrown) {
    rmSync(draft, { recursive: true, force: true });
    // another process was faster
    if (!existsSync(target)) throw thrown;
  }
  return target;
}

/** Modes are set whatever the umask of this process is. */
function copyFolder(source: string, target: string): void {
  mkdirSync(target);
  chmodSync(target, 0o755);
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const [from, to] = [join(source, entry.name), join(target, entry.name)];
    if (NOT_NEEDED.test(entry.name)) continue;
    if (entry.isDirectory()) copyFolder(from, to);
    else if (entry.isFile()) {
      copyFileSync(from, to, constants.COPYFILE_FICLONE);
      chmodSync(to, basename(source) === "bin" ? 0o755 : 0o644);
    }
  }
}

function makeLinks(native: string): void {
  const path = join(native, "pg-symlinks.json");
  if (!existsSync(path)) return;
  const links = JSON.parse(readFileSync(path, "utf8")) as readonly { readonly source: string; readonly target: string }[];
  for (const { source, target } of links) {
    const link = join(native, target.replace(/^native\//, ""));
    if (!existsSync(link) && dirname(source) === dirname(target)) symlinkSync(basename(source), link);
  }
}

/** Else a crash of the machine could leave empty files under the final name. There are a thousand; one call for all of them is faster. */
async function writeToDisk(folder: string): Promise<void> {
  await runProgram({ file: "sync", arguments: ["--file-system", folder], environment: inheritedEnvironment() });
}

async function removeAbandoned(place: string): Promise<void> {
  for (const name of readdirSync(place)) {
    const [, owner] = name.split(DRAFT);
    if (owner !== undefined && (await isSurelyDead(owner))) rmSync(join(place, name), { recursive: true, force: true });
  }
}
