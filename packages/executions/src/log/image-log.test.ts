// Faked: what records an image, since the files of its build are what this is about. image-log.slow-test.ts has servers and engines.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ClaimedImage, ImageRunRecord, NumberedLogLine } from "@imagewright/control-plane";
import type { HeldBuild } from "@imagewright/image-build";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { OrderedWrites } from "../ordered-writes.js";
import { ImageLog } from "./image-log.js";

const IMAGE = { arn: "arn", account: "123456789012", region: "eu-west-1", name: "web", version: "1.0.0", buildVersion: 1, attempt: 2 };

async function withImageLog(body: (log: ImageLog, lines: string[], held: HeldBuild) => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const lines: string[] = [];
    const record = {
      log: (build: string, given: readonly NumberedLogLine[]) => {
        lines.push(...given.map(({ number, text }) => `${build} ${number} ${text}`));
        return Promise.resolve();
      },
    } as ImageRunRecord;
    const log = new ImageLog({ ...IMAGE, detail: {}, origin: {} } as unknown as ClaimedImage, {
      ...{ record, stored: () => Promise.resolve(0), settings: { aws: {}, cloudWatch: false, days: 30 } },
      writes: new OrderedWrites(new AbortController().signal, (thrown) => lines.push(String(thrown))),
    });
    await body(log, lines, { id: "b-1", folder } as HeldBuild);
    log.close();
  });
}

test("what is said is in the database at the end, in its order", () =>
  withImageLog(async (log, lines, held) => {
    await log.open(held, held.folder);
    log.takeEvent({ type: "notice", text: "hello" });
    await log.end({ status: "FAILED", reason: "so" });
    expect(lines).toEqual(["b-1 1 hello", "b-1 2 the image is FAILED: so"]);
  }));

test("without a build the end is all that is said", () =>
  withImageLog(async (log, lines) => {
    log.takeEvent({ type: "notice", text: "hello" });
    await log.end({ status: "CANCELLED" });
    expect(lines).toEqual(["attempt 2 1 the image is CANCELLED"]);
  }));

test("a log that cannot be written fails nothing: its end says so", () =>
  withImageLog(async (log, lines, held) => {
    mkdirSync(join(held.folder, "image-log.jsonl"));
    await log.open(held, held.folder);
    log.takeEvent({ type: "notice", text: "hello" });
    await log.end({ status: "AVAILABLE" });
    expect(lines).toEqual([
      expect.stringMatching(/^attempt 2 1 lines of the log are missing: .*EISDIR/),
      "attempt 2 2 the image is AVAILABLE",
    ]);
  }));

test("the files of a step of an earlier server are published at the end, and are not there twice", () =>
  withImageLog(async (log, lines, held) => {
    const source = {
      source: "run step-1 exec-1",
      at: new Date(0),
      stream: "log",
      workflowExecutionId: "wf-1",
      step: "Apply",
      text: "begun",
    };
    writeFileSync(join(held.folder, "image-log.jsonl"), `${JSON.stringify(source)}\n`);
    const run = join(held.folder, "logs", "build", "TOE_2026-11-29_10-00-00_UTC-0_exec-1");
    mkdirSync(run, { recursive: true });
    writeFileSync(join(run, "application.log"), "hello");
    await log.open(held, held.folder);
    await log.end({ status: "AVAILABLE" });
    expect(lines).toEqual(["b-1 1 begun", "b-1 2 the image is AVAILABLE"]);
    const folder = join(held.folder, "service", "logs", IMAGE.account, IMAGE.region, "web", "1.0.0", "1", "wf-1", "Apply");
    expect(readdirSync(folder)).toEqual(["TOE_2026-11-29_10-00-00_UTC-0_exec-1"]);
    expect(readdirSync(join(folder, "TOE_2026-11-29_10-00-00_UTC-0_exec-1"))).toEqual(["application.log"]);
    expect(readdirSync(held.folder)).not.toContain("logs");
  }));
