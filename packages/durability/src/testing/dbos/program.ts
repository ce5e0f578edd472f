import { DBOS } from "@dbos-inc/dbos-sdk";
import { runContractProgram } from "../../contract/program.js";
import { outcomeOf, unwrap } from "../../outcome.js";
import type { Json } from "../../json.js";
import { bodies, runBody } from "./bodies.js";
import { DbosDurability } from "./dbos-durability.js";
import { sendMessage } from "./messages.js";
import { Refusal } from "./refusal.js";

/** DBOS as the contract test drives it. The executor is the execution: a process recovers what the one before it has left. */
await runContractProgram({
  async run({ name }, program, signal) {
    const refusal = new Refusal();
    let unrecorded: Json | undefined;
    bodies.set(name, async () => {
      const durability = new DbosDurability(name, ["main"], refusal, signal);
      const outcome = await refusal.guard(() => outcomeOf("the execution", signal, () => program(durability)));
      if ("result" in outcome) unrecorded = outcome.result;
      return refusal.unlessRefused(outcome);
    });
    await launch(name);
    const handle = await DBOS.startWorkflow(runBody, { workflowID: name })();
    const outcome = await Promise.race([handle.getResult({ pollingIntervalMs: 50 }), refusal.refused]).catch(async (thrown: unknown) => {
      // the program may go on after what was refused
      await new Promise((resolve) => setTimeout(resolve, 100));
      if (unrecorded === undefined) throw thrown;
      return { result: unrecorded };
    });
    return unwrap(outcome) as Json;
  },
  async send({ name }, key, value) {
    await launch(`sender-to-${name}`);
    return sendMessage(name, key, value);
  },
});

async function launch(executorID: string): Promise<void> {
  DBOS.setConfig({
    name: "contract",
    systemDatabaseUrl: process.env["CONTRACT_DATABASE_URL"] ?? "",
    applicationVersion: "1",
    executorID,
    enablePatching: true,
    logLevel: "error",
  });
  await DBOS.launch();
}
