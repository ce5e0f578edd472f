import type { Operation } from "./operation.js";
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
export interface Plan {
  readonly builds: readonly DistributedBuild[];
  /** What must hold before the first operation, and cannot be seen from the documents. */
  readonly requirements: readonly Requirement[];
  /** In an order that works: dependencies come first. */
  readonly operations: readonly Operation[];
  /** The ids of operations that can run in parallel, wave by wave. */
  readonly waves: readonly (readonly string[])[];
}
