// Each transfer runs the built package in a process of its own, which tells the most memory that it ever had.
import { execFile } from "node:child_process";
import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { BUCKET, withObjectStore } from "../testing/object-store.js";
import { withWebServer } from "../testing/web-server.js";

const MIB = 1024 * 1024;
const SIZE = 1024 * MIB;
// Node with the SDK takes 130 MiB, the parts of an upload 40 MiB, and what the garbage collector has not come to yet the rest
const LIMIT = 350;

async function peakMemory(name: string, input: object, folder: string, environment: Readonly<Record<string, string>> = {}): Promise<number> {
  const program = `
    const { coreActions } = await import(${JSON.stringify(fileURLToPath(new URL("../../dist/index.js", import.meta.url)))});
    const { createNodeHost } = await import("@imagewright/node-host");
    const [, name, input, folder, environment] = process.argv;
    const context = { host: createNodeHost(), signal: new AbortController().signal, workingDirectory: folder, environment: JSON.parse(environment), log() {} };
    const { status } = await coreActions.find((action) => action.name === name).run(JSON.parse(input), context);
    if (status !== "succeeded") throw new Error(status);
    console.log(process.resourceUsage().maxRSS / 1024);`;
  const parameters = ["--input-type=module", "-e", program, name, JSON.stringify(input), folder, JSON.stringify(environment)];
  const { stdout } = await promisify(execFile)(process.execPath, parameters, { cwd: fileURLToPath(new URL("../..", import.meta.url)) });
  return Number(stdout);
}

test("WebDownload of 1 GiB", () =>
  withTemporaryFolder((folder) =>
    withWebServer(
      async (_, response) => {
        response.writeHead(200, { "content-length": SIZE });
        for (let sent = 0; sent < SIZE; sent += MIB) {
          if (!response.write(Buffer.alloc(MIB, "x"))) await new Promise((resolve) => response.once("drain", resolve));
        }
        response.end();
      },
      async ({ url }) => expect(await peakMemory("WebDownload", { source: url, destination: "a" }, folder)).toBeLessThan(LIMIT),
    ),
  ));

test("S3Upload and S3Download of 1 GiB", () =>
  withTemporaryFolder((folder) =>
    withObjectStore(async ({ environment }) => {
      await writeFile(join(folder, "a"), "");
      await truncate(join(folder, "a"), SIZE);
      const location = `s3://${BUCKET}/a`;
      expect(await peakMemory("S3Upload", { source: "a", destination: location }, folder, environment)).toBeLessThan(LIMIT);
      expect(await peakMemory("S3Download", { source: location, destination: "b" }, folder, environment)).toBeLessThan(LIMIT);
    }),
  ), 300_000);
