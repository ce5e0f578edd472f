import type { Diagnostic } from "@imagewright/diagnostics";
import { KIND_TEXTS } from "./file-kind.js";
import type { Identified } from "./identified.js";

/** The only diagnostic for a file of another kind than expected. `wanted` is the name of the expected kind, with its article. */
export function otherKind({ kind, sign, span }: Identified, wanted: string, help = KIND_TEXTS[kind].help): Diagnostic {
  return {
    code: "other-kind-of-file",
    severity: "error",
    message: `this is ${KIND_TEXTS[kind].name} (${sign}), not ${wanted}`,
    span,
    help,
  };
}
