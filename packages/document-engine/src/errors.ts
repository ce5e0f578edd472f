import type { Platform } from "@imagewright/action-contract";
import { errorRow, errorTable, listOf, quote } from "@imagewright/diagnostics";
import { describeNotRunnable } from "./check/describe-not-runnable.js";

/** The errors of the engine. */
export const engineError = errorTable("document-engine", {
  "outputs-missing": errorRow("not-found", ({ phase, step, available }: { phase: string; step: string; available: readonly string[] }) => ({
    message: `step ${quote(step)} of phase ${quote(phase)} has no outputs; ${available.length === 0 ? "no step has any" : `available: ${listOf(available, "and")}`}`,
  })),
  "output-missing": errorRow(
    "not-found",
    ({ step, output, available }: { step: string; output: string; available: readonly string[] }) => ({
      message: `step ${quote(step)} has no output ${quote(output)}; it has ${available.length === 0 ? "none" : listOf(available, "and")}`,
    }),
  ),
  "output-cut": errorRow("limit", ({ step, output, bytes }: { step: string; output: string; bytes: number }) => ({
    message: `output ${quote(output)} of step ${quote(step)} has ${bytes} bytes, more than is kept for references`,
    hints: ["let the step write a file, and read the part that is needed from it"],
  })),
  "not-a-text": errorRow("invalid", ({ reference }: { reference: string }) => ({
    message: `the reference ${quote(reference)} leads to a list or a mapping, which cannot be part of a text`,
  })),
  "value-too-large": errorRow("limit", ({ limit }: { limit: number }) => ({
    message: `with its references resolved, the value has more than ${limit} characters`,
  })),
  "value-too-deep": errorRow("limit", ({ limit }: { limit: number }) => ({
    message: `with its references resolved, the value has more than ${limit} levels of lists and mappings`,
  })),
  "unknown-variable": errorRow("not-found", ({ name, available }: { name: string; available: readonly string[] }) => ({
    message: `there is no parameter or constant ${quote(name)}; ${available.length === 0 ? "the document has none" : `there are ${listOf(available, "and")}`}`,
  })),
  "unknown-loop": errorRow("not-found", ({ name, own }: { name: string; own: string | undefined }) => ({
    message: `the reference leads to the loop ${quote(name)}; ${own === undefined ? "the loop of this step has no name" : `the loop of this step is ${quote(own)}`}`,
  })),
  "unreadable-reference": errorRow("invalid", ({ reference }: { reference: string }) => ({
    message: `cannot read the reference ${quote(reference)}`,
  })),
  "step-skipped": errorRow("not-found", ({ phase, step }: { phase: string; step: string }) => ({
    message: `step ${quote(step)} of phase ${quote(phase)} was skipped by its "if", so it has no outputs`,
  })),
  "condition-hidden": errorRow("failed", (_: object) => ({
    message: 'the condition of "if" cannot be evaluated; disableLogging hides the reason',
  })),
  "action-not-runnable": errorRow("unavailable", ({ actions, platform }: { actions: readonly string[]; platform: Platform }) => ({
    message: `the run cannot begin: ${describeNotRunnable(new Set(actions), platform)}`,
  })),
  "document-cycle": errorRow("invalid", ({ chain }: { chain: readonly string[] }) => ({
    message: `the documents run each other in a cycle: ${chain.map(quote).join(" runs ")}`,
  })),
  "nested-too-deeply": errorRow("limit", ({ location, deepest }: { location: string; deepest: number }) => ({
    message: `the document ${quote(location)} is nested more than ${deepest} levels deep`,
  })),
  "no-document-loader": errorRow("unavailable", ({ location }: { location: string }) => ({
    message: `the document ${quote(location)} cannot be loaded: this run loads no documents`,
  })),
  "output-unpredictable": errorRow("unavailable", ({ phase, step }: { phase: string; step: string }) => ({
    message: `the outputs of step ${quote(step)} of phase ${quote(phase)} are known only after it has run`,
  })),
  "parameter-not-fetched": errorRow("unavailable", ({ name }: { name: string }) => ({
    message: `the parameter ${quote(name)} of Parameter Store has not been fetched`,
  })),
  "secret-not-maskable": errorRow("invalid", ({ name }: { name: string }) => ({
    message: `the secret parameter ${quote(name)} is too short to be masked in the logs, so it is not used`,
    hints: ["use a secret of at least 4 characters other than asterisks"],
  })),
  "no-parameter-store": errorRow("unavailable", ({ names }: { names: readonly string[] }) => ({
    message: `the ${names.length === 1 ? "parameter" : "parameters"} ${listOf(names, "and")} of Parameter Store cannot be fetched: this run has no parameter store`,
  })),
});
