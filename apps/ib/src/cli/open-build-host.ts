import { chooseBuildHost, type ChosenHost } from "@imagewright/build-hosts";
import type { Configuration } from "@imagewright/configuration";
import { BuildFolders, ImageStore, removeAbandoned } from "@imagewright/image-build";
import { describeInterrupted, listedBuild } from "../build/listed-build.js";

/** Chooses the build host, removes what is left of processes that are no longer running, and says which builds can be resumed. */
export async function openBuildHost(
  engine: string | undefined,
  { stateFolder, dataFolder }: Configuration,
  say: (text: string) => void,
): Promise<ChosenHost> {
  const chosen = await chooseBuildHost({ preferred: engine, stateFolder: stateFolder.value });
  const store = new ImageStore(dataFolder.value);
  const { removed, resumable } = await removeAbandoned(new BuildFolders(dataFolder.value), { host: chosen.host, store });
  for (const { kind, name } of removed) say(`removed the ${kind} ${name}, left by an earlier run\n`);
  for (const build of resumable) say(`${describeInterrupted(listedBuild(build))}\n`);
  return chosen;
}
