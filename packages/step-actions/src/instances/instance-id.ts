import { createHash } from "node:crypto";

/** The id of the instance that a step launches, in the form of EC2: the same in each process that runs the step, and in its rollback. */
export function instanceIdOf(stepExecutionId: string): string {
  return `i-${createHash("sha256").update(stepExecutionId).digest("hex").slice(0, 17)}`;
}
