import { chooseBuildHost, type ChosenHost } from "@imagewright/build-hosts";
import type { Configuration } from "@imagewright/configuration";
import { BuildFolders, ImageStore, removeAbandoned } from "@imagewright/image-build";
import { safe } from "@imagewright/diagnostics";
import { useRootsEnvironment } from "../sudo/use-roots-environment.js";
import { describeInterrupted, listedBuild } from "../build/listed-build.js";
import { line, type Say } from "./terminal.js";

/** Chooses the build host, removes what is left of processes that are no longer running, and says which builds can be resumed. */
export async function openBuildHost(engine: string | undefined, configuration: Configuration, say: Say): Promise<ChosenHost> {
  useRootsEnvironment();
  const chosen = await chooseBuildHost({ preferred: engine, stateFolder: configuration.stateFolder.value });
  const store = new ImageStore(configuration.dataFolder.value);
  const { removed, resumable } = await removeAbandoned(buildFolders(configuration), { host: chosen.host, store });
  for (const { kind, name } of removed) say(safe`removed the ${kind} ${name}, left by an earlier run\n`);
  for (const build of resumable) say(line(describeInterrupted(listedBuild(build))));
  return chosen;
}

/** The folders of builds in the data folder. */
export function buildFolders({ stateFolder, dataFolder }: Configuration): BuildFolders {
  return new BuildFolders({ dataFolder: dataFolder.value, stateFolder: stateFolder.value });
}
