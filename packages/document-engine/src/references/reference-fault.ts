import type { Diagnostic } from "@imagewright/diagnostics";

/** A fault of a reference; its place is added by the caller. */
export type ReferenceFault = Omit<Diagnostic, "span">;

export function referenceError(code: string, message: string, help?: string): ReferenceFault {
  return { code, severity: "error", message, ...(help === undefined ? {} : { help }) };
}
