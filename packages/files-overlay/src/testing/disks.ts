import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether this process may mount disks: root may, but not in every container. */
export const canMountDisk = process.platform === "linux" && tryToMount();

/** Mounts an empty in-memory disk at a folder. */
export function mountDisk(folder: string): void {
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], { stdio: "pipe" });
}

/** Unmounts every disk below a folder, wherever it has been moved to. */
export function unmountDisks(folder: string): void {
  const places = readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .map((line) => line.split(" ")[4] ?? "");
  for (const place of places.filter((each) => each.startsWith(`${folder}/`))) execFileSync("umount", [place]);
}

function tryToMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), "imagewright-mount-"));
  try {
    mountDisk(folder);
    execFileSync("umount", [folder]);
    return true;
  } catch {
    return false; // no mount command, or a container that forbids it
  } finally {
    rmdirSync(folder);
  }
}
