import { chooseBuildHost, type ChosenHost } from "@imagewright/build-hosts";
import type { Configuration } from "@imagewright/configuration";
import { BuildFolders, ImageStore, listKept, removeAbandoned } from "@imagewright/image-build";
import { safe } from "@imagewright/diagnostics";
import { useRootsEnvironment } from "../sudo/use-roots-environment.js";
import { describeInterrupted, describeKeptMachine, listedBuild } from "../build/listed-build.js";
import { line, type Say } from "./terminal.js";

/**
 * Chooses the build host, removes what is left of processes that are no longer running, and says which builds can be resumed, and which
 * containers are kept.
 */
export async function openBuildHost(engine: string | undefined, configuration: Configuration, say: Say): Promise<ChosenHost> {
  const chosen = await chooseHost(engine, configuration, say);
  const store = new ImageStore(configuration.dataFolder.value);
  const { removed, resumable } = await removeAbandoned(buildFolders(configuration), { host: chosen.host, store });
  for (const { kind, name } of removed) say(safe`removed the ${kind} ${name}, left by an earlier run\n`);
  for (const build of resumable) say(line(describeInterrupted(listedBuild(build))));
  for (const kept of await listKept(buildFolders(configuration))) say(line(describeKeptMachine(kept)));
  return chosen;
}

/** Chooses the build host, and nothing else. */
export function chooseHost(engine: string | undefined, { stateFolder }: Configuration, say: Say): Promise<ChosenHost> {
  useRootsEnvironment();
  return chooseBuildHost({ preferred: engine, stateFolder: stateFolder.value, tell: (text) => say(safe`  ${text}\n`) });
}

/** The folders of builds in the data folder. */
export function buildFolders({ stateFolder, dataFolder }: Configuration): BuildFolders {
  return new BuildFolders({ dataFolder: dataFolder.value, stateFolder: stateFolder.value });
}
