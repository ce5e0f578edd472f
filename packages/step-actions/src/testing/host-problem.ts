import { inspectEngines } from "@imagewright/build-hosts";
import { testImageProblem } from "@imagewright/build-hosts/contract";

/** Why no workflow can run here; undefined if one can. */
export async function findHostProblem(): Promise<string | undefined> {
  const report = (await inspectEngines()).find(({ engine }) => engine === "buildah");
  return report?.usable === true ? testImageProblem() : `buildah ${report?.finding}`;
}
