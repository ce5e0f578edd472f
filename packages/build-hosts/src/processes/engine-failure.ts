import { escapeControls, type ImagewrightError } from "@imagewright/diagnostics";
import { buildHostError } from "../errors.js";
import type { ToolResult } from "./run-tool.js";

/** The operation that failed. */
export interface EngineOperation {
  readonly engine: string;
  /** Phrased to follow "could not", with names in quotes. */
  readonly operation: string;
  /** The image involved, if any. */
  readonly image?: string | undefined;
}

const FAILURES = {
  // buildah's commit does not report why a layer's temporary file could not be written; in practice the disk is full
  diskFull: /no space left on device|disk quota exceeded|storing layer \S+ to file: io: read\/write on closed pipe/i,
  imageMissing:
    /image not known|no such image|manifest unknown|name unknown|did not resolve to an alias|requested access to the resource is denied|repository .* not found/i,
  registryUnreachable:
    /dial tcp|no such host|connection refused|i\/o timeout|TLS handshake|network is unreachable|context deadline exceeded|server misbehaving|pinging container registry/i,
  notRoot: /permission denied|operation not permitted|must be root|not enough IDs available/i,
} as const;

/** The error for an engine's exit code other than 0, derived from its output. Texts observed with buildah 1.28 and podman 4.3. */
export function engineFailure(about: EngineOperation, result: ToolResult): ImagewrightError {
  const { engine, operation, image } = about;
  const text = result.stderr;
  if (FAILURES.diskFull.test(text)) return buildHostError("disk-full", { engine, operation });
  if (image !== undefined && FAILURES.registryUnreachable.test(text)) {
    return buildHostError("registry-unreachable", { engine, image, detail: lastLines(text, 1).join("") });
  }
  if (image !== undefined && FAILURES.imageMissing.test(text)) return buildHostError("image-not-found", { engine, image });
  if (process.getuid?.() !== 0 && FAILURES.notRoot.test(text)) return buildHostError("not-root", { engine, operation });
  return buildHostError("engine-failed", { engine, operation, exitCode: result.exitCode, lines: lastLines(text, 10) });
}

/** Whether an engine's output says that it has no such image; an invalid image name counts too. */
export function isImageMissing({ stderr }: ToolResult): boolean {
  return FAILURES.imageMissing.test(stderr) || stderr.includes("invalid reference format");
}

/** The last non-empty lines of a text, with control characters written out. */
export function lastLines(text: string, number: number): string[] {
  const lines = text
    .split("\n")
    .map((line) => escapeControls(line.trim()))
    .filter((line) => line !== "");
  return lines.slice(-number);
}
