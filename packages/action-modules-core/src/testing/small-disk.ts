import { execFileSync } from "node:child_process";
import { mkdtempSync, rmdirSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isRoot } from "@imagewright/test-kit";

/** Whether the test may mount disks on this machine. */
export const canMountDisk = isRoot && tryToMount();

/** Runs the body with a folder `disk` below the given one, on a disk of the given size in KiB. */
export async function withSmallDisk<Result>(folder: string, kibibytes: number, body: (disk: string) => Promise<Result>): Promise<Result> {
  const disk = join(folder, "disk");
  await mkdir(disk);
  mount(disk, kibibytes);
  try {
    return await body(disk);
  } finally {
    execFileSync("umount", [disk]);
  }
}

function mount(folder: string, kibibytes: number): void {
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${kibibytes}k`, "tmpfs", folder], { stdio: "pipe" });
}

function tryToMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), "imagewright-mount-"));
  try {
    mount(folder, 64);
    execFileSync("umount", [folder]);
    return true;
  } catch {
    return false; // no mount command, or a container that forbids it
  } finally {
    rmdirSync(folder);
  }
}
