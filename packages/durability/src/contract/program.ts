import { describeFailure } from "../failure.js";
import type { Json } from "../json.js";
import type { Durability } from "../port.js";
import { Scene, type SceneOptions } from "./scene.js";
import { CONTRACT_WORKFLOWS } from "./workflows/index.js";

/** What an adapter does for the contract test, in a process of its own each time. */
export interface ContractAdapter {
  /** Starts or continues an execution, and returns what its program returns. */
  run(execution: ContractExecution, program: (durability: Durability) => Promise<Json>, signal: AbortSignal): Promise<Json>;
  /** Sends a message to an execution; false if there was one under this key. */
  send(execution: ContractExecution, key: string, value: Json): Promise<boolean>;
}

export interface ContractExecution {
  readonly name: string;
  /** The folder of the test, in which an adapter may keep files. */
  readonly folder: string;
}

/**
 * The program that the contract test starts as a child process: `PROGRAM FOLDER EXECUTION run WORKFLOW OPTIONS` or
 * `PROGRAM FOLDER EXECUTION send KEY VALUE`. It prints the outcome as one line of JSON. SIGTERM aborts the signal.
 */
export async function runContractProgram(adapter: ContractAdapter): Promise<never> {
  const [folder = "", name = "", verb, what = "", json = "{}"] = process.argv.slice(2);
  const execution: ContractExecution = { name, folder };
  const cancelled = new AbortController();
  process.on("SIGTERM", () => cancelled.abort(new Error("cancelled by SIGTERM")));
  const perform = async () => {
    if (verb === "send") return adapter.send(execution, what, JSON.parse(json) as Json);
    const workflow = CONTRACT_WORKFLOWS[what];
    if (workflow === undefined) throw new Error(`no workflow ${what}`);
    const scene = new Scene(folder, name, JSON.parse(json) as SceneOptions);
    return adapter.run(execution, (durability) => workflow(durability, scene), cancelled.signal);
  };
  const outcome = await perform().then(
    (result) => ({ result }),
    (thrown: unknown) => ({ failure: describeFailure(thrown) }),
  );
  return new Promise<never>(() => process.stdout.write(`${JSON.stringify(outcome)}\n`, () => process.exit(0)));
}
