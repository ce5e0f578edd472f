import type { DistributionOperation } from "./operation.js";
import type { Requirement } from "./requirements.js";

/** An image distributed by a plan. */
export interface DistributedBuild {
  readonly name: string;
  readonly version: string;
  readonly region: string;
  readonly accountId: string;
  /** The AMI ID or the digest. */
  readonly output: string;
}

/** A distribution as a graph of operations. It is plain data: `JSON.stringify` writes all of it. */
export interface DistributionPlan {
  readonly builds: readonly DistributedBuild[];
  /** What must hold before the first operation and cannot be checked in the documents. */
  readonly requirements: readonly Requirement[];
  /** In an executable order: dependencies come first. */
  readonly operations: readonly DistributionOperation[];
  /** The ids of operations that can run in parallel, wave by wave. */
  readonly waves: readonly (readonly string[])[];
}
