import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ContainerHost } from "../port/container-host.js";

const PROGRAMS = ["bash", "cat", "chown", "cp", "env", "grep", "ls", "mkdir", "rm", "sh", "sleep", "seq", "stat", "test", "true"];

/**
 * A root file system with bash, a few tools of this machine, and the libraries that they and further programs need, such as the agent: made
 * in a second, without a network.
 */
export async function importSmallImage(
  host: Pick<ContainerHost, "importImage">,
  name: string,
  furtherPrograms: readonly string[] = [],
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "imagewright-small-"));
  try {
    const root = join(folder, "root");
    for (const path of ["bin", "etc", "tmp", "var/tmp", "var/log", "root", "proc", "sys", "dev"])
      mkdirSync(join(root, path), { recursive: true });
    for (const program of PROGRAMS) copyFileSync(realPath(program), join(root, "bin", program));
    for (const library of librariesOf([...furtherPrograms, ...PROGRAMS.map(realPath)])) {
      mkdirSync(dirname(join(root, library)), { recursive: true });
      copyFileSync(library, join(root, library));
    }
    const tar = join(folder, "root.tar");
    execFileSync("tar", ["--create", "--file", tar, "--owner=0", "--group=0", "--directory", root, "."]);
    await host.importImage({ source: { tar }, name });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function realPath(program: string): string {
  return execFileSync("realpath", [execFileSync("which", [program], { encoding: "utf8" }).trim()], { encoding: "utf8" }).trim();
}

function librariesOf(programs: readonly string[]): string[] {
  const listed = programs.flatMap((program) =>
    [...execFileSync("ldd", [program], { encoding: "utf8" }).matchAll(/(\/\S+\.so\S*)/g)].map(([, path]) => path as string),
  );
  return [...new Set(listed)].filter((path) => existsSync(path));
}
