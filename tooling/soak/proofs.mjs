import { smallBuilds } from "../../apps/ib/soak-builds.mjs";
import { killedWorkflows } from "../../apps/ib/soak-killed-workflows.mjs";
import { killedWrites } from "../../apps/agent/soak-killed-writes.mjs";
import { killedCallers, killedCallersOfPodman } from "../../packages/build-hosts/soak-kills.mjs";
import { damagedStates } from "../../packages/component-runner/soak-damaged-state.mjs";
import { damagedBuilds } from "../../packages/image-build/soak-damaged-builds.mjs";
import { killedServers } from "../../packages/executions/soak-killed-servers.mjs";
import { killedDistributions } from "../../packages/distribution/soak-killed-distributions.mjs";
import { killedExecutions } from "../../packages/durability/soak-kills.mjs";

/**
 * All proofs. One is:
 *   name     what `pnpm soak NAME` takes
 *   count    its attempts; `share`: how many of them CI makes, or the list of their numbers, which are counted from 1
 *   why      optional: why it cannot be made here, if so
 *   prepare  gets a folder of its own and random numbers; returns `attempt(random, number)`, which returns the faults found, an optional
 *            `cleanUp`, and `count` and `share` where only it can tell them
 */
export const proofs = [
  killedExecutions,
  killedCallers,
  killedCallersOfPodman,
  killedWrites,
  damagedStates,
  damagedBuilds,
  smallBuilds,
  killedWorkflows,
  killedServers,
  killedDistributions,
];
