import { setTimeout as sleep } from "node:timers/promises";
import { CreateImageCommand } from "@aws-sdk/client-imagebuilder";
import pg from "pg";
import { inspectEngines } from "../../packages/build-hosts/dist/index.js";
import { clientOf, createSources, removeImages } from "./image-service.mjs";
import { median } from "./measure.mjs";
import { databaseUrl, serve, serviceFolder } from "./serve.mjs";

const IMAGES = 50;

/**
 * Fifty images on two servers of one database, each of which runs one at a time. How long a server is idle while an image waits is derived
 * from what the database has: when each image was asked for, when a server took it, and when it ended.
 */
export async function sharedExecutions(folder) {
  const what = `${IMAGES} images on two servers: the share of their time in which one idles while an image waits`;
  const engine = (await inspectEngines()).find(({ usable }) => usable)?.engine;
  if (engine === undefined) return [{ what, detail: "there is no usable container engine" }];
  const first = await serve(serviceFolder(folder));
  const url = databaseUrl(first.said);
  const second = await serve(serviceFolder(folder, "second"), "--database-url", url);
  const client = clientOf(first.said);
  const database = new pg.Client(url);
  await database.connect();
  try {
    const sources = await createSources(client);
    const servers = await runningServers(database);
    for (let count = 0; count < IMAGES; count++) await client.send(new CreateImageCommand(sources));
    const images = await endedImages(database);
    const seconds = median(images.map(({ taken, ended }) => ended - taken)) / 1000;
    const idle = servers.flatMap((server) => idleWhileOthersWait(images, server));
    const longest = Math.max(0, ...idle) / 1000;
    const window = (Math.max(...images.map(({ taken }) => taken)) - Math.min(...images.map(({ asked }) => asked))) / 1000;
    const share = (idle.reduce((sum, one) => sum + one, 0) / 1000 / (window * servers.length)) * 100;
    const each = servers.map((server) => images.filter((image) => image.server === server).length).join(" and ");
    return [
      { what, value: share, unit: " %", limit: 5, detail: `of ${window.toFixed(0)} s; they have run ${each}, with ${engine}` },
      {
        ...{ what: "the longest time of these, next to half of all executions", value: longest / seconds, unit: " times", limit: 0.2 },
        detail: `${(longest * 1000).toFixed(0)} ms and ${seconds.toFixed(2)} s`,
      },
    ];
  } finally {
    client.destroy();
    await database.end();
    await second.stop();
    await first.stop();
    removeImages(engine, IMAGES);
  }
}

/** The ids of both servers; a server answers before it has tried its engine and begins to run images. */
async function runningServers(database) {
  for (;;) {
    const { rows } = await database.query("select id from server");
    if (rows.length === 2) return rows.map(({ id }) => id);
    await sleep(100);
  }
}

/** When each image was asked for, taken and ended, in milliseconds, and by which server. */
async function endedImages(database) {
  for (;;) {
    const { rows } = await database.query(ENDS);
    const failed = rows.find(({ state }) => state !== "AVAILABLE");
    if (failed !== undefined) throw new Error(`an image is ${failed.state}: ${JSON.stringify(failed.reason)}`);
    if (rows.length === IMAGES)
      return rows.map(({ asked, taken, ended, server }) => ({ asked: +asked, taken: +taken, ended: +ended, server }));
    await sleep(500);
  }
}

/** The times, in milliseconds, in which a server runs no image while one waits. */
function idleWhileOthersWait(images, server) {
  const own = images.filter((image) => image.server === server).sort((a, b) => a.taken - b.taken);
  const begin = Math.min(...images.map(({ asked }) => asked));
  const ends = [begin, ...own.map(({ ended }) => ended)];
  const begins = [...own.map(({ taken }) => taken), Infinity];
  return ends.map((end, index) => overlapWithWaits(images, end, begins[index]));
}

/** How long, of a time, an image waits. */
function overlapWithWaits(images, from, to) {
  let [reached, sum] = [from, 0];
  for (const { asked, taken } of [...images].sort((a, b) => a.asked - b.asked)) {
    const [begin, end] = [Math.max(asked, reached), Math.min(taken, to)];
    if (end > begin) [reached, sum] = [end, sum + end - begin];
  }
  return sum;
}

// a server takes an image by the clock of the database, and tells events by its own: they are on one computer
const ENDS = `select event.state, event.detail as reason, run.server_id as server, run.begun_at as taken, image.created_at as asked,
    event.occurred_at as ended
  from event_outbox as event join resource as image on image.arn = event.subject join image_run as run on run.image_id = image.id
  where event.type = 'image.state-changed' and event.state in ('AVAILABLE', 'FAILED', 'CANCELLED')`;
