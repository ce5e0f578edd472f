import { join } from "node:path";
import { CreateImageCommand, GetImageCommand } from "@aws-sdk/client-imagebuilder";
import { inspectEngines } from "../../packages/build-hosts/dist/index.js";
import { clientOf, createSources, endIn, openEvents, removeImages, writeRecipe } from "./image-service.mjs";
import { measure, median } from "./measure.mjs";
import { serve, serviceFolder } from "./serve.mjs";

const IB = join(import.meta.dirname, "..", "..", "apps", "ib", "bin", "ib.js");
const ROUNDS = 9;

/**
 * An image of a recipe that does nothing: from CreateImage until the event that it is AVAILABLE arrives, next to `ib build` of the same
 * recipe, in turns. Both use the same engine and base, and each a state folder of its own.
 */
export async function execution(folder) {
  const what = "an image of an empty container recipe by the API, its base cached, next to `ib build` of it";
  const engine = (await inspectEngines()).find(({ usable }) => usable)?.engine;
  if (engine === undefined) return [{ what, detail: "there is no usable container engine" }];
  const recipe = writeRecipe(folder);
  const environment = { ...process.env, IMAGEWRIGHT_HOME: join(folder, "builds") };
  const build = () => measure([process.execPath, IB, "build", recipe, "--engine", engine], { env: environment });
  await build(); // makes the base if it is missing
  const server = await serve(serviceFolder(folder));
  const client = clientOf(server.said);
  try {
    const sources = await createSources(client);
    const create = () => createdImage(server.said, client, sources);
    await create(); // compiles what runs
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      const seconds = [];
      for (const side of round % 2 === 0 ? [0, 1] : [1, 0]) seconds[side] = (await [create, build][side]()).seconds;
      rounds.push(seconds);
    }
    const ratios = rounds.map(([ours, theirs]) => ours / theirs);
    const [ours, theirs] = [0, 1].map((side) => median(rounds.map((round) => round[side])).toFixed(2));
    const each = ratios.map((ratio) => ratio.toFixed(2)).join(", ");
    const detail = `${ours} s and ${theirs} s with ${engine}; of ${each}`;
    return [{ what, value: median(ratios), unit: " times", limit: 1.15, detail }];
  } finally {
    client.destroy();
    await server.stop();
    removeImages(engine, ROUNDS + 1);
  }
}

/** Creates an image, and waits for the event of its end on a stream that was open before; seconds. */
async function createdImage(said, client, sources) {
  const stream = await openEvents(said);
  const start = performance.now();
  const { imageBuildVersionArn } = await client.send(new CreateImageCommand(sources));
  const status = await endIn(stream, imageBuildVersionArn);
  const seconds = (performance.now() - start) / 1000;
  if (status === "AVAILABLE") return { seconds };
  const { image } = await client.send(new GetImageCommand({ imageBuildVersionArn }));
  throw new Error(`${imageBuildVersionArn} is ${status}: ${image.state.reason}`);
}
