import type { OperationName } from "@imagewright/imagebuilder-model";

/** The operations that have no file yet. Whoever adds one removes its line; the list ends empty. */
export const NOT_THERE_YET = ["StartResourceStateUpdate"] as const satisfies readonly OperationName[];
