import { awsCommandOf, runAws as runAwsOn, type AwsRun } from "@imagewright/test-kit";
import { endpoint, region } from "../support/service.js";
import type { ClientCall } from "./calls.js";

const SIDE_BY_SIDE = 4;

/** How a run of `aws imagebuilder` ended. */
export interface CommandOutcome {
  readonly operation: string;
  /** The name of the error, or "an answer". */
  readonly got: string;
  readonly text: string;
}

/** `aws imagebuilder` on the server under test. */
export function runAws(command: string, parameters: readonly string[]): Promise<AwsRun> {
  return runAwsOn(command, parameters, { endpoint, region });
}

/** Makes calls with a version of `aws`, a few at a time. */
export async function callWithAws(command: string, calls: readonly ClientCall[]): Promise<CommandOutcome[]> {
  const waiting = [...calls];
  const outcomes: CommandOutcome[] = [];
  const some = async () => {
    for (let call = waiting.shift(); call !== undefined; call = waiting.shift()) {
      const { operation, input } = call;
      const { status, stdout, stderr } = await runAws(command, [awsCommandOf(operation), "--cli-input-json", JSON.stringify(input)]);
      const got = status === 0 ? "an answer" : (/\((\w+)\) when calling/.exec(stderr)?.[1] ?? stderr);
      outcomes.push({ operation, got, text: stdout });
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, some));
  return outcomes;
}
