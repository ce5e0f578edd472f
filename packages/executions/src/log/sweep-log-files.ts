import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ControlPlane } from "@imagewright/control-plane";
import { slugOf } from "@imagewright/imagebuilder-model";
import { logsFolder } from "./log-names.js";

const DAY = 24 * 60 * 60 * 1000;

/** Removes the log files of images that are gone, and those that are older than is kept. */
export async function sweepLogFiles(plane: Pick<ControlPlane, "logs">, dataFolder: string, { days, now }: SweepLimits): Promise<void> {
  for (const path of await foldersOfImages(logsFolder(dataFolder))) {
    const folder = join(logsFolder(dataFolder), ...path);
    const [account = "", region = "", name = "", version = "", build = ""] = path;
    const isOld = (await newestIn(folder)) < now.getTime() - days * DAY;
    const isKept = !isOld && (await plane.logs.has({ account, region, name: slugOf(name), version, build: Number(build) }));
    if (!isKept) await rm(folder, { recursive: true, force: true });
  }
}

interface SweepLimits {
  readonly days: number;
  readonly now: Date;
}

/** Their paths: `ACCOUNT/REGION/IMAGE/VERSION/BUILD`. */
async function foldersOfImages(root: string, depth = 5): Promise<readonly (readonly string[])[]> {
  if (depth === 0) return [[]];
  const names = await readdir(root).catch(() => []);
  const below = await Promise.all(
    names.map(async (name) => (await foldersOfImages(join(root, name), depth - 1)).map((path) => [name, ...path])),
  );
  return below.flat();
}

/** When the newest of the folders of its workflows was changed; the files in them have older times. */
async function newestIn(folder: string): Promise<number> {
  const names = [".", ...(await readdir(folder).catch(() => []))];
  const times = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  return Math.max(...times);
}
