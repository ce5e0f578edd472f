import { chooseBuildHost, type ChosenHost } from "@imagewright/build-hosts";
import type { Configuration } from "@imagewright/configuration";
import {
  BuildFolders,
  ImageStore,
  listKept,
  removeAbandoned,
  serviceBuildFolders,
  type DamagedKept,
  type KeptMachine,
} from "@imagewright/image-build";
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
  for (const kept of await listKeptOf(configuration)) say(line(describeKeptMachine(kept)));
  return chosen;
}

/** Chooses the build host, and nothing else. */
export function chooseHost(engine: string | undefined, { stateFolder }: Configuration, say: Say): Promise<ChosenHost> {
  useRootsEnvironment();
  return chooseBuildHost({ preferred: engine, stateFolder: stateFolder.value, tell: (text) => say(safe`  ${text}\n`) });
}

/** The containers that builds and runs, and the builds of the service, have kept. */
export async function listKeptOf(configuration: Configuration): Promise<readonly (KeptMachine | DamagedKept)[]> {
  return (await Promise.all(allBuildFolders(configuration).map(listKept))).flat();
}

/** The folders of builds, then those of the service. */
export function allBuildFolders(configuration: Configuration): readonly BuildFolders[] {
  const { stateFolder, dataFolder } = configuration;
  const ofService = serviceBuildFolders({ dataFolder: dataFolder.value, stateFolder: stateFolder.value });
  return [buildFolders(configuration), ofService];
}

/** The folders of builds in the data folder. */
export function buildFolders({ stateFolder, dataFolder }: Configuration): BuildFolders {
  return new BuildFolders({ dataFolder: dataFolder.value, stateFolder: stateFolder.value });
}
