import { errorTable, quote } from "@imagewright/diagnostics";

/** What can fail here. Faults in settings and builds are diagnostics. */
export const planError = errorTable({
  "unknown-operation": ({ id }: { id: string }) => ({
    message: `the plan has no operation ${quote(id)}; allowed: the ids of its operations`,
  }),
  "same-operation": ({ id }: { id: string }) => ({
    message: `the operation ${quote(id)} is in two of the plans; allowed: plans whose ids differ`,
    hints: ['give each plan its own "idPrefix" when it is made'],
  }),
});
