import { errorRow, errorTable, quote } from "@imagewright/diagnostics";

/** The errors of this package; faults in policies are diagnostics instead. */
export const accessError = errorTable("access-policies", {
  "invalid-principal": errorRow("invalid", (data: { arn: string }) => ({
    message: `${quote(data.arn)} is no principal; allowed: the ARN of an account (…:root), a user, a role or a session of one`,
  })),
  "wrong-kind": errorRow("invalid", (data: { policy: string; kind: string; wanted: string }) => ({
    message: `the policy ${quote(data.policy)} is one of ${data.kind}; here only policies of ${data.wanted} count`,
  })),
});
