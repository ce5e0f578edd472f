import { findIsolation } from "../buildah/isolation/find-isolation.js";
import { findRuntime, runtimeNames } from "../buildah/isolation/runtimes.js";
import type { Isolation } from "../port/isolation.js";
import { programFacts } from "../processes/program-facts.js";
import { engineEnvironment } from "./engine-environment.js";
import { KeptFinding } from "./kept-finding.js";

const KEPT = new KeptFinding<Isolation>({
  engine: "buildah",
  fileName: "buildah-isolation.json",
  find: buildahIsolation,
  alsoFor: describeRuntimes,
});

/** The isolation of buildah's jobs, found now or by an earlier process. */
export async function keptBuildahIsolation(stateFolder: string): Promise<Isolation> {
  // it has no problems: what does not work is passed over
  return (await KEPT.get(stateFolder)) as Isolation;
}

/** For a job that could not begin in it. */
export function forgetBuildahIsolation(stateFolder: string): Promise<void> {
  return KEPT.forget(stateFolder);
}

/** The same, found now. */
export async function buildahIsolation(): Promise<Isolation> {
  return findIsolation(await engineEnvironment("buildah"));
}

/** Which runtimes there are, and since when: one may have been installed, replaced or removed. */
async function describeRuntimes(): Promise<string> {
  const found = await Promise.all(runtimeNames().map(async (name) => programFacts(name, await findRuntime(name))));
  return found.join(", ");
}
