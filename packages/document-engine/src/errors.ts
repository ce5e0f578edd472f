import { errorTable, listOf, quote } from "@imagewright/diagnostics";

/** What can fail in the engine itself. */
export const engineError = errorTable({
  "outputs-missing": ({ phase, step, available }: { phase: string; step: string; available: readonly string[] }) => ({
    message: `step ${quote(step)} of phase ${quote(phase)} has left no outputs; ${available.length === 0 ? "no step has left any" : `there are those of ${listOf(available, "and")}`}`,
  }),
  "output-missing": ({ step, output, available }: { step: string; output: string; available: readonly string[] }) => ({
    message: `step ${quote(step)} has left no output ${quote(output)}; it has ${available.length === 0 ? "none" : listOf(available, "and")}`,
  }),
  "output-cut": ({ step, output, bytes }: { step: string; output: string; bytes: number }) => ({
    message: `output ${quote(output)} of step ${quote(step)} has ${bytes} bytes, more than is kept for references`,
    hints: ["let the step write a file, and read the part that is needed from it"],
  }),
  "not-a-text": ({ reference }: { reference: string }) => ({
    message: `the reference ${quote(reference)} leads to a list or a mapping, which cannot stand inside a text`,
  }),
  "unknown-variable": ({ name }: { name: string }) => ({ message: `there is no parameter or constant ${quote(name)}` }),
});
