/* global AbortController */
// What `pnpm bench transfer` measures: S3Upload and S3Download next to the bare SDK with the same concurrency, against one S3 server that
// runs in a process of its own. Both sides run in turns in this process, so that both find the SDK loaded and the server's files in memory.
import { spawn } from "node:child_process";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { createNodeHost } from "@imagewright/node-host";
import { median } from "../../tooling/bench/measure.mjs";
import { coreActions } from "./dist/index.js";

const MIB = 1024 * 1024;
const BUCKET = "bench";
const SMALL = { count: 200, bytes: 20_000, rounds: 5, atOnce: 10 };
// as the actions do it
const LARGE = { bytes: 512 * MIB, rounds: 3, partBytes: 8 * MIB, rangeBytes: 16 * MIB, atOnce: 5 };
const LIMIT = 1.2;

if (process.argv[2] === "serve") await serve(process.argv[3]);

/** Gives a row a measurement; `folder` is for files, about 2 GiB of them. */
export async function bench(folder) {
  const server = await startServer(join(folder, "server"));
  try {
    const files = await makeFiles(folder);
    const sides = { folder, files, ...clientsOf(server.url) };
    return [
      await row(
        "upload of 200 small objects",
        SMALL.rounds,
        () => oursUp(sides, `${files.small}/*`, "small/"),
        () => bareUpSmall(sides),
      ),
      await row(
        "download of 200 small objects",
        SMALL.rounds,
        () => oursDown(sides, "small/*", "ours"),
        () => bareDownSmall(sides),
      ),
      await row(
        "upload of one object of 512 MiB",
        LARGE.rounds,
        () => oursUp(sides, files.large, "large"),
        () => bareUpLarge(sides),
      ),
      await row(
        "download of one object of 512 MiB",
        LARGE.rounds,
        () => oursDown(sides, "large", "ours/large"),
        () => bareDownLarge(sides),
      ),
    ];
  } finally {
    server.stop();
  }
}

async function row(what, rounds, ours, bare) {
  const samples = [];
  for (let round = -1; round < rounds; round++) {
    // each side goes first every other time, because the second finds more in memory; ours in the round that is not measured, which
    // silences the warning of the SDK about Node
    const pair = round % 2 === 0 ? [await seconds(bare), await seconds(ours)].reverse() : [await seconds(ours), await seconds(bare)];
    if (round >= 0) samples.push(pair);
  }
  const [own, other] = [0, 1].map((side) => median(samples.map((pair) => pair[side])).toFixed(2));
  const value = median(samples.map(([a, b]) => a / b));
  return { what: `${what} next to the bare SDK`, value, unit: " times", limit: LIMIT, detail: `${own} s and ${other} s, ${rounds} rounds` };
}

async function seconds(body) {
  const start = performance.now();
  await body();
  return (performance.now() - start) / 1000;
}

async function makeFiles(folder) {
  const [small, large] = [join(folder, "small"), join(folder, "large")];
  await mkdir(small);
  for (let index = 0; index < SMALL.count; index++) await writeFile(join(small, `object-${index}`), Buffer.alloc(SMALL.bytes, `${index} `));
  const file = await open(large, "w");
  for (let mebibyte = 0; mebibyte < LARGE.bytes / MIB; mebibyte++) await file.write(Buffer.alloc(MIB, `${mebibyte} `));
  await file.close();
  return { small, large };
}

function clientsOf(url) {
  const environment = { AWS_ENDPOINT_URL_S3: url, AWS_REGION: "eu-west-3", AWS_ACCESS_KEY_ID: "S3RVER", AWS_SECRET_ACCESS_KEY: "S3RVER" };
  const credentials = { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" };
  const openBare = () => new S3Client({ endpoint: url, region: "eu-west-3", credentials, forcePathStyle: true });
  return { environment, openBare };
}

async function act(name, input, { folder, environment }) {
  const action = coreActions.find((module) => module.name === name);
  const context = {
    host: createNodeHost(),
    signal: new AbortController().signal,
    workingDirectory: folder,
    temporaryDirectory: folder,
    environment,
    output: () => {},
    log: () => {},
  };
  await action.run(input, context);
}

const oursUp = (sides, source, key) => act("S3Upload", { source, destination: `s3://${BUCKET}/${key}` }, sides);

async function oursDown(sides, key, destination) {
  await rm(join(sides.folder, "ours"), { recursive: true, force: true });
  await act("S3Download", { source: `s3://${BUCKET}/${key}`, destination }, sides);
}

async function withBare({ openBare }, body) {
  const client = openBare();
  await body(client);
  client.destroy();
}

async function inParallel(items, atOnce, body) {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await body(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

function bareUpSmall(sides) {
  return withBare(sides, async (client) => {
    await inParallel(await readdir(sides.files.small), SMALL.atOnce, (name) =>
      new Upload({ client, params: { Bucket: BUCKET, Key: `bare/${name}`, Body: createReadStream(join(sides.files.small, name)) } }).done(),
    );
  });
}

async function bareDownSmall(sides) {
  const folder = join(sides.folder, "bare");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  await withBare(sides, async (client) => {
    const { Contents } = await client.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: "small/" }));
    await inParallel(Contents, SMALL.atOnce, async ({ Key }) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
      await pipeline(Body, createWriteStream(join(folder, Key.slice("small/".length))));
    });
  });
}

function bareUpLarge(sides) {
  const params = { Bucket: BUCKET, Key: "large", Body: createReadStream(sides.files.large) };
  return withBare(sides, (client) => new Upload({ client, params, partSize: LARGE.partBytes, queueSize: LARGE.atOnce }).done());
}

async function bareDownLarge(sides) {
  const path = join(sides.folder, "bare-large");
  await writeFile(path, "");
  await withBare(sides, async (client) => {
    const { ContentLength } = await client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "large" }));
    const starts = Array.from({ length: Math.ceil(ContentLength / LARGE.rangeBytes) }, (_, index) => index * LARGE.rangeBytes);
    await inParallel(starts, LARGE.atOnce, async (start) => {
      const { Body } = await client.send(
        new GetObjectCommand({ Bucket: BUCKET, Key: "large", Range: `bytes=${start}-${start + LARGE.rangeBytes - 1}` }),
      );
      await pipeline(Body, createWriteStream(path, { start, flags: "r+" }));
    });
  });
  await rm(path);
}

async function startServer(folder) {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), "serve", folder], { stdio: ["ignore", "pipe", "inherit"] });
  const { value: url } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  if (url === undefined) throw new Error("the S3 server did not start");
  return { url, stop: () => child.kill() };
}

async function serve(directory) {
  const { startS3 } = await import("@imagewright/test-kit/s3");
  const { url } = await startS3(directory, [BUCKET], (context, next) => {
    // S3rver verifies a request for a bucket without the slash that the SDK signs, so that it would refuse every listing
    if ("list-type" in context.query) delete context.req.headers.authorization;
    return next();
  });
  process.stdout.write(`${url}\n`);
}
