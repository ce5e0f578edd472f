import { setTimeout as sleep } from "node:timers/promises";
import { CancelImageCreationCommand, CreateImageCommand } from "@aws-sdk/client-imagebuilder";
import { inspectEngines } from "../../packages/build-hosts/dist/index.js";
import { clientOf, createSources, endIn, eventsIn, openEvents } from "./image-service.mjs";
import { median } from "./measure.mjs";
import { serve, serviceFolder } from "./serve.mjs";

const ROUNDS = 7;
const STEP = "ApplyBuildComponents";

/**
 * The creation of an image is cancelled while a command of its component runs: until the event that it is CANCELLED, when its container is
 * removed.
 */
export async function cancellation(folder) {
  const what = "an image whose component runs is cancelled, until its container is removed and the event of it has arrived";
  if (!(await inspectEngines()).some(({ usable }) => usable)) return [{ what, detail: "there is no usable container engine" }];
  const server = await serve(serviceFolder(folder));
  const client = clientOf(server.said);
  try {
    const sources = await createSources(client, "sleep 600");
    const seconds = [];
    for (let round = 0; round < ROUNDS; round++) {
      const steps = await openEvents(server.said, "workflow-step-execution.state-changed");
      const { imageBuildVersionArn } = await client.send(new CreateImageCommand(sources));
      await stepRuns(steps);
      // until the agent has started the command
      await sleep(1_000);
      const stream = await openEvents(server.said);
      const start = performance.now();
      await client.send(new CancelImageCreationCommand({ imageBuildVersionArn }));
      const status = await endIn(stream, imageBuildVersionArn);
      seconds.push((performance.now() - start) / 1000);
      if (status !== "CANCELLED") throw new Error(`${imageBuildVersionArn} is ${status}`);
    }
    const each = seconds.map((one) => one.toFixed(2)).join(", ");
    return [{ what, value: median(seconds), unit: " s", limit: 2, detail: `of ${each}` }];
  } finally {
    client.destroy();
    await server.stop();
  }
}

async function stepRuns(steps) {
  for await (const { detail } of eventsIn(steps)) if (detail["workflow-step-name"] === STEP && detail.state.status === "RUNNING") return;
  throw new Error("the stream of events has ended");
}
