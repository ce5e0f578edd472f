import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ContainerHost } from "../port/container-host.js";

const BUSYBOX = "/bin/busybox";

/** Why the test image cannot be made here; undefined if it can. */
export function testImageProblem(): string | undefined {
  return existsSync(BUSYBOX) ? undefined : "busybox is not installed (Debian's package is busybox-static)";
}

/** Imports a root file system with only busybox into the engine's store: a few megabytes, made without a network. */
export async function importTestImage(host: ContainerHost, name: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "imagewright-busybox-"));
  try {
    const root = join(folder, "root");
    for (const path of ["bin", "etc", "tmp", "root", "proc", "sys", "dev", "var/tmp"]) mkdirSync(join(root, path), { recursive: true });
    copyFileSync(BUSYBOX, join(root, "bin", "busybox"));
    for (const command of execFileSync(BUSYBOX, ["--list"], { encoding: "utf8" }).split("\n")) {
      if (command !== "" && command !== "busybox") execFileSync("ln", ["-s", "busybox", join(root, "bin", command)]);
    }
    writeFileSync(join(root, "etc", "passwd"), "root:x:0:0:root:/root:/bin/sh\n");
    writeFileSync(join(root, "etc", "group"), "root:x:0:\n");
    const tar = join(folder, "root.tar");
    execFileSync("tar", ["--create", "--file", tar, "--owner=0", "--group=0", "--directory", root, "."]);
    await host.importImage({ source: { tar }, name });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
