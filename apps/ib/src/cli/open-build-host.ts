import { chooseBuildHost, type ChosenHost } from "@imagewright/build-hosts";
import type { Configuration } from "@imagewright/configuration";

/** Chooses the build host, and removes what processes that are no longer running have left in it. */
export async function openBuildHost(
  engine: string | undefined,
  { stateFolder }: Configuration,
  say: (text: string) => void,
): Promise<ChosenHost> {
  const chosen = await chooseBuildHost({ preferred: engine, stateFolder: stateFolder.value });
  for (const { kind, name } of await chosen.host.removeOrphans()) say(`removed the ${kind} ${name}, left by an earlier run\n`);
  return chosen;
}
