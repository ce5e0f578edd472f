import { execFileSync } from "node:child_process";
import { copyFile, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

export const BUSYBOX = "/bin/busybox";

/** Makes a root file system with only busybox as a tar archive in the folder: a few megabytes, without a network. Returns its path. */
export async function makeTestArchive(folder: string): Promise<string> {
  const root = join(folder, "root");
  for (const path of ["bin", "etc", "tmp", "root", "proc", "sys", "dev", "var/tmp"]) await mkdir(join(root, path), { recursive: true });
  await copyFile(BUSYBOX, join(root, "bin", "busybox"));
  for (const command of execFileSync(BUSYBOX, ["--list"], { encoding: "utf8" }).split("\n"))
    if (command !== "" && command !== "busybox") await symlink("busybox", join(root, "bin", command));
  await writeFile(join(root, "etc", "passwd"), "root:x:0:0:root:/root:/bin/sh\n");
  await writeFile(join(root, "etc", "group"), "root:x:0:\n");
  const archive = join(folder, "root.tar");
  execFileSync("tar", ["--create", "--file", archive, "--owner=0", "--group=0", "--directory", root, "."]);
  return archive;
}
