import { escapeControls } from "@imagewright/diagnostics";
import type { JobResult } from "../job-result.js";
import { LARGEST_RESULT } from "../limits.js";
import { parseProtocol, PROTOCOL, SUPPORTED, type OtherProtocol } from "../protocol.js";
import { fitSchema } from "../schema/fit-schema.js";
import { resultShape } from "../schema/json-schemas.js";

export type ReadResult =
  | { readonly kind: "result"; readonly result: JobResult }
  | { readonly kind: "other-protocol"; readonly otherProtocol: OtherProtocol }
  /** It is not what the agent writes: `fault` says why, without control characters. */
  | { readonly kind: "invalid"; readonly fault: string };

/** Reads the text of a job's `result.json`, which its steps can forge. */
export function readResult(text: string): ReadResult {
  if (text.length > LARGEST_RESULT) return { kind: "invalid", fault: `longer than ${LARGEST_RESULT} bytes` };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: "invalid", fault: "not JSON" };
  }
  const found = typeof value === "object" && value !== null && "protocol" in value ? value.protocol : undefined;
  const version = parseProtocol(found);
  if (version !== undefined && version.major !== SUPPORTED.major)
    return { kind: "other-protocol", otherProtocol: { found: String(found), supported: PROTOCOL } };
  const checked = fitSchema(value, resultShape);
  return "fault" in checked
    ? { kind: "invalid", fault: escapeControls(checked.fault) }
    : { kind: "result", result: checked.value as JobResult };
}
