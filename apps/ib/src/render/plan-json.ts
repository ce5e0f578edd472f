import { isUtf8 } from "node:buffer";
import type { ComponentPlan, PlannedStep } from "@imagewright/component-runner";
import type { FileChange, FileFacts } from "@imagewright/files-overlay";

type Json = Readonly<Record<string, unknown>>;

/** A plan in the form of `--json`. */
export interface PlanJson {
  readonly steps: readonly Json[];
  readonly status: ComponentPlan["status"];
}

/**
 * Converts a plan to JSON values: paths, contents and link targets are text if they are UTF-8, otherwise base64 under `pathBase64` and the
 * like.
 */
export function planJson({ steps, status }: ComponentPlan): PlanJson {
  return { steps: steps.map(stepJson), status };
}

/** The key of a step is for who follows a run. */
function stepJson({ changes, key: _, ...step }: PlannedStep): Json {
  return { ...step, changes: changes.map(changeJson) };
}

function changeJson({ path, kind, before, after, otherNames }: FileChange): Json {
  return { ...bytesJson("path", path), kind, before: factsJson(before), after: factsJson(after), otherNames };
}

function factsJson(facts: FileFacts | undefined): Json | undefined {
  if (facts === undefined) return undefined;
  const { type, mode, uid, gid, size, target, content, sha256 } = facts;
  return { type, mode, uid, gid, size, ...bytesJson("target", target), ...bytesJson("content", content), sha256 };
}

function bytesJson(key: string, value: string | Buffer | undefined): Json {
  if (typeof value !== "object") return { [key]: value };
  return isUtf8(value) ? { [key]: value.toString("utf8") } : { [`${key}Base64`]: value.toString("base64") };
}
