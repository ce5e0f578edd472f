import { errorRow, errorTable, quote } from "@imagewright/diagnostics";

/** The errors of this package. Faults in settings and builds are diagnostics. */
export const planError = errorTable("distribution-planner", {
  "unknown-operation": errorRow("not-found", ({ id }: { id: string }) => ({
    message: `the plan has no operation ${quote(id)}; allowed: the ids of its operations`,
  })),
  "same-operation": errorRow("conflict", ({ id }: { id: string }) => ({
    message: `the operation ${quote(id)} is in two of the plans; allowed: plans whose ids differ`,
    hints: ['give each plan its own "idPrefix" when it is made'],
  })),
});
