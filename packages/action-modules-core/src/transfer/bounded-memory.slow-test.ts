import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { BUCKET, withObjectStore } from "../testing/object-store.js";
import { runInProcess } from "../testing/run-in-process.js";
import { withWebServer } from "../testing/web-server.js";

const MIB = 1024 * 1024;
const SIZE = 1024 * MIB;
// Node with the SDK takes 130 MiB, the parts of an upload 40 MiB, and uncollected garbage the rest
const LIMIT = 350;

function* mebibytes(count: number) {
  for (let sent = 0; sent < count; sent += 1) yield Buffer.alloc(MIB, "x");
}

const peakMemory = async (...work: Parameters<typeof runInProcess>) => (await runInProcess(...work)).peakMebibytes;

test("WebDownload of 1 GiB", () =>
  withTemporaryFolder((folder) =>
    withWebServer(
      (_, response) => {
        response.writeHead(200, { "content-length": SIZE });
        Readable.from(mebibytes(SIZE / MIB)).pipe(response);
      },
      async ({ url }) => expect(await peakMemory("WebDownload", { source: url, destination: "a" }, folder)).toBeLessThan(LIMIT),
    ),
  ));

test(
  "S3Upload and S3Download of 1 GiB",
  () =>
    withTemporaryFolder((folder) =>
      withObjectStore(async ({ environment }) => {
        await writeFile(join(folder, "a"), "");
        await truncate(join(folder, "a"), SIZE);
        const location = `s3://${BUCKET}/a`;
        expect(await peakMemory("S3Upload", { source: "a", destination: location }, folder, environment)).toBeLessThan(LIMIT);
        expect(await peakMemory("S3Download", { source: location, destination: "b" }, folder, environment)).toBeLessThan(LIMIT);
      }),
    ),
  300_000,
);
