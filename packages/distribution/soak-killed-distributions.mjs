import { killedDistributions as prepare, registryProblem } from "./dist/testing/killed-distributions.js";

/** Distributions to two registries whose process is killed at random moments: what the plan says is there, and no blob was sent twice. */
export const killedDistributions = { name: "killed-distributions", count: 200, share: 8, why: registryProblem, prepare };
