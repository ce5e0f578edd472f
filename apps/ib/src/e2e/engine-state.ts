import { spawnSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The containers that were started from the image. */
export function containersOf(engine: string, image: string): string[] {
  const parameters =
    engine === "buildah"
      ? ["containers", "--format", "{{.ImageName}} {{.ContainerName}}"]
      : ["ps", "--all", "--format", "{{.Image}} {{.Names}}"];
  return lines(spawnSync(engine, parameters, { encoding: "utf8" }).stdout).filter((line) => line.startsWith(`${image} `));
}

function imagesOf(engine: string): string {
  const format = engine === "buildah" ? "{{.Name}}:{{.Tag}}" : "{{.Repository}}:{{.Tag}}";
  return spawnSync(engine, ["images", "--format", format], { encoding: "utf8" }).stdout;
}

export function imagesIn(engine: string, part: string): string[] {
  return lines(imagesOf(engine)).filter((name) => name.includes(part));
}

function lines(text: string): string[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .sort();
}

/** The processes of this machine that sleep for that many seconds. */
export async function running(seconds: string): Promise<string[]> {
  const found = await Promise.all(
    (await readdir("/proc")).filter((pid) => /^\d+$/.test(pid)).map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")),
  );
  return found.filter((line) => line === `sleep\0${seconds}\0`);
}

/** Waits until such a process runs; jest's limit ends this if none ever does. */
export async function whenRunning(seconds: string): Promise<void> {
  while ((await running(seconds)).length === 0) await new Promise((resolve) => setTimeout(resolve, 100));
}

/** What builds must not leave in the data folder: records, machines, and more than their logs and end. */
export async function leftInData(data: string): Promise<string[]> {
  const builds = await readdir(join(data, "builds")).catch(() => []);
  const files = await Promise.all(builds.map((id) => readdir(join(data, "builds", id))));
  return [
    ...files.flat().filter((name) => name !== "logs" && name !== "end.json"),
    ...(await readdir(join(data, "runs")).catch(() => [])),
    ...(await readdir(join(data, "state", "started")).catch(() => [])),
    ...(await readdir(join(data, "state", "machines")).catch(() => [])),
    ...(await readdir(join(data, "state", "owners")).catch(() => [])),
    ...(await readdir(join(data, "state", "tmp")).catch(() => [])),
  ];
}
