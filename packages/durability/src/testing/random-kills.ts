import { isDeepStrictEqual } from "node:util";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { Executions } from "../contract/child.js";
import { EVERYTHING, MESSAGE } from "../contract/expected.js";
import { faultsInLog } from "../contract/faults-in-log.js";

const MOST_KILLS = 4;

type Attempt = (random: () => number, number: number) => Promise<readonly string[]>;

/** Attempts in which the processes of an execution over a journal are killed at random moments, and a last one continues to the end. */
export async function randomKills(folder: string): Promise<{ readonly attempt: Attempt }> {
  const program = fileURLToPath(new URL("journal-program.js", import.meta.url));
  const executions = new Executions({ program, cleanUp: async () => Promise.resolve() }, folder);
  await executions.send("undisturbed", "message", MESSAGE);
  const start = performance.now();
  await executions.run("undisturbed", "everything");
  const whole = performance.now() - start;
  return {
    attempt: async (random, number) => {
      const execution = `attempt-${number}`;
      await executions.send(execution, "message", MESSAGE);
      const kills = 1 + Math.floor(random() * MOST_KILLS);
      for (let kill = 0; kill < kills; kill++) {
        const { child, printed } = executions.start(execution, "everything");
        await Promise.race([sleep(whole * random()), printed]);
        child.kill("SIGKILL");
        await printed;
      }
      const outcome = await executions.run(execution, "everything");
      const isRight = typeof outcome === "object" && "result" in outcome && isDeepStrictEqual(outcome.result, EVERYTHING);
      return [...(isRight ? [] : [`the last process ended with ${JSON.stringify(outcome)}`]), ...faultsInLog(executions.log(execution))];
    },
  };
}
