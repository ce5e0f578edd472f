import { execFile, spawnSync } from "node:child_process";
import { endpoint, region } from "../support/service.js";
import type { ClientCall } from "./calls.js";

const environment = { ...process.env, AWS_PAGER: "", AWS_DEFAULT_REGION: region, AWS_CONFIG_FILE: "/dev/null", AWS_MAX_ATTEMPTS: "1" };
const SIDE_BY_SIDE = 4;

/** How a run of `aws imagebuilder` ended. */
export interface CommandOutcome {
  readonly operation: string;
  /** The name of the error, or "an answer". */
  readonly got: string;
  readonly text: string;
}

/** `aws imagebuilder`, always with the address of the server, since old versions read no other setting. */
export function runAws(command: string, parameters: readonly string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const all = ["imagebuilder", ...parameters, "--endpoint-url", endpoint, "--region", region, "--output", "json"];
  return new Promise((resolve) => {
    execFile(command, all, { env: environment, maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : typeof error.code === "number" ? error.code : 1, stdout, stderr });
    });
  });
}

/** The operations that a version of `aws` has, by the names of the API: what it lists when it is given one that does not exist. */
export function operationsOf(command: string, known: readonly string[]): string[] {
  const { stderr } = spawnSync(command, ["imagebuilder", "no-such-operation"], { encoding: "utf8", env: environment });
  const listed = new Set(stderr.match(/[a-z]+(-[a-z]+)+/g));
  return known.filter((operation) => listed.has(commandOf(operation)));
}

/** Makes calls with a version of `aws`, a few at a time. */
export async function callWithAws(command: string, calls: readonly ClientCall[]): Promise<CommandOutcome[]> {
  const waiting = [...calls];
  const outcomes: CommandOutcome[] = [];
  const some = async () => {
    for (let call = waiting.shift(); call !== undefined; call = waiting.shift()) {
      const { operation, input } = call;
      const { status, stdout, stderr } = await runAws(command, [commandOf(operation), "--cli-input-json", JSON.stringify(input)]);
      const got = status === 0 ? "an answer" : (/\((\w+)\) when calling/.exec(stderr)?.[1] ?? stderr);
      outcomes.push({ operation, got, text: stdout });
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, some));
  return outcomes;
}

function commandOf(operation: string): string {
  return operation.replaceAll(/(?<!^)[A-Z]/g, "-$&").toLowerCase();
}
