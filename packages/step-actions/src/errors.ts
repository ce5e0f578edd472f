import { count, errorRow, errorTable, listOf, quote, quoteInFull, unknownName } from "@imagewright/diagnostics";

/** The errors of step actions besides those of the host. */
export const stepActionError = errorTable("step-actions", {
  "agent-failed": errorRow("failed", ({ end, output }: { end: string; output: string }) => ({
    message: `the agent in the container ${end}${output === "" ? "" : `: ${output}`}`,
  })),
  "clean-up-failed": errorRow("failed", ({ output }: { output: string }) => ({ message: `the clean-up of the image failed: ${output}` })),
  "instance-unknown": errorRow("not-found", ({ instance }: { instance: string }) => ({
    message: `there is no instance ${quote(instance)}: no step of this build has launched it, or it was terminated`,
  })),
  "no-image": errorRow("not-found", ({ type }: { type: string }) => ({
    message: `there is no image from which a workflow of the type ${type} could launch an instance`,
    hints: ["name one as the input imageIdOverride"],
  })),
  "image-of-ec2": errorRow("invalid", ({ image, host }: { image: string; host: string }) => ({
    message: `${quote(image)} is an image of EC2; ${host} launches container images`,
  })),
  "job-lost": errorRow("failed", ({ what, end }: { what: string; end: string }) => ({ message: `${what} ${end}` })),
  "command-failed": errorRow("failed", ({ what, exitCode, output }: { what: string; exitCode: number; output: string }) => ({
    message: `${what} ended with exit code ${exitCode}${output === "" ? "" : `: ${output}`}`,
  })),
  "command-timed-out": errorRow("failed", ({ what, seconds }: { what: string; seconds: number }) => ({
    message: `${what} did not end within ${count(seconds, "second")}, its executionTimeout`,
  })),
  "command-document-unknown": errorRow("not-found", ({ name, names }: { name: string; names: readonly string[] }) => ({
    message: unknownName("command document", name, names),
  })),
  "command-document-not-readable": errorRow("invalid", ({ path, cause }: { path: string; cause: string }) => ({
    message: `cannot read command documents from ${quote(path)}: ${cause}`,
  })),
  "command-version-unknown": errorRow("not-found", ({ name, version }: { name: string; version: string }) => ({
    message: `${quote(name)} has no version ${quote(version)}; allowed: ${listOf(["$DEFAULT", "$LATEST", "1"])}`,
  })),
  "command-parameters-not-valid": errorRow("invalid", ({ name, faults }: { name: string; faults: readonly string[] }) => ({
    message: `command document ${quote(name)}: ${faults.join("; ")}`,
  })),
  "not-on-this-host": errorRow("unavailable", ({ action, reason }: { action: string; reason: string }) => ({
    message: `${action} cannot run here: ${reason}`,
  })),
  "record-not-readable": errorRow("failed", ({ path, cause }: { path: string; cause: string }) => ({
    message: `the record of a step ${quote(path)} cannot be used: ${cause}`,
    hints: ["the build cannot be resumed; discard it, and start it again"],
  })),
  "wait-not-readable": errorRow("failed", ({ path, cause }: { path: string; cause: string }) => ({
    message: `the record of a step that waits, ${quoteInFull(path)}, cannot be used: ${cause}`,
    hints: ["the step cannot be answered, and fails when its time is over; or discard its build, and start it again"],
  })),
  "step-not-waiting": errorRow("not-found", ({ step, waiting }: { step: string; waiting: readonly string[] }) => ({
    message: `the step ${quote(step)} waits for no answer${waiting.length === 0 ? "; no step does" : `; waiting: ${listOf(waiting, "and")}`}`,
  })),
  "step-ambiguous": errorRow("invalid", ({ step, ids }: { step: string; ids: readonly string[] }) => ({
    message: `several steps named ${quote(step)} wait for an answer: ${listOf(ids, "and")}`,
    hints: ["name one by its id"],
  })),
  "step-answered": errorRow("conflict", ({ step }: { step: string }) => ({ message: `the step ${quote(step)} was answered before` })),
});
