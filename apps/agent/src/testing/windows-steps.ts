import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { WindowsOfTests } from "./describe-on-windows.js";

/** How a step has ended. */
export interface EndedStep {
  readonly status: string;
  readonly failureMessage: string;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** A run with what its logs say. */
export interface LoggedRun {
  readonly code: number;
  readonly stderr: string;
  readonly steps: Readonly<Record<string, EndedStep>>;
  readonly console: string;
}

/** A step that does not end the document if it fails; `more` are further attributes of the step. */
export function step(name: string, action: string, inputs: unknown, more: object = {}): string {
  return JSON.stringify({ name, action, onFailure: "Continue", inputs, ...more });
}

/** Runs a document with these steps in `C:\work`, and reads its log folder. */
export async function runLogged({ agent, atC, write }: WindowsOfTests, ...steps: readonly string[]): Promise<LoggedRun> {
  write(...steps);
  const { code, stdout, stderr } = await agent().run("run", "-d", "doc.yml", "--log-directory", "C:\\work\\logs");
  const { executionId } = JSON.parse(stdout) as { readonly executionId: string };
  const folder = readdirSync(atC("work", "logs")).find((name) => name.endsWith(executionId)) ?? "";
  const log = (name: string) => readFileSync(join(atC("work", "logs", folder), name), "utf8");
  const output = JSON.parse(log("detailedoutput.json")) as {
    readonly documents: readonly { readonly phases: readonly { readonly steps: readonly (EndedStep & { readonly name: string })[] }[] }[];
  };
  const ended = output.documents.flatMap(({ phases }) => phases.flatMap((phase) => phase.steps));
  return { code, stderr, console: log("console.log"), steps: Object.fromEntries(ended.map((one) => [one.name, one])) };
}
