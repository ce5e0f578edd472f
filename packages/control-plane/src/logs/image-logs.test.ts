import { beforeAll, beforeEach, expect, test } from "@jest/globals";
import type { ImageLogLine, NumberedLogLine, RunServer } from "../index.js";
import { createImageIn, thrownBy } from "../testing/images.js";
import { Scene } from "../testing/scene.js";
import { storeImageSources } from "../testing/store-row.js";

const scene = new Scene();
beforeAll(() => storeImageSources(scene));

const [one, two]: readonly RunServer[] = ["one", "two"].map((id) => ({ id, place: "here", pid: 1, processStart: "then" }));
const AT = new Date("2026-11-29T10:00:00Z");
const ALL = { limit: 1000 };
let arn: string;

beforeEach(async () => {
  await scene.pool.query("delete from resource where kind = 'image'");
  for (const server of [one, two]) await scene.plane.runs.renew(server as RunServer);
  arn = await createImageIn(scene);
  await scene.plane.runs.claim({ server: one as RunServer, gone: [], mostOfAccount: 100 });
});

const line = (number: number, text: string, more: Partial<ImageLogLine> = {}): NumberedLogLine => ({
  ...{ number, at: AT, stream: "stdout", text },
  ...more,
});
const record = (server = one) => scene.plane.runs.recordOf({ arn, attempt: 1 }, server as RunServer);
const texts = async (query: object = {}) => (await scene.plane.logs.read(arn, { ...ALL, ...query })).lines.map(({ text }) => text);

test("lines are read by cursor in the order in which they were stored, each once", async () => {
  await record().log("b-1", [line(1, "first"), line(2, "second", { stream: "stderr", workflowExecutionId: "wf-1", step: "Apply" })]);
  const first = await scene.plane.logs.read(arn, { limit: 1 });
  expect(first.lines).toEqual([{ at: AT, stream: "stdout", text: "first" }]);
  await record().log("b-1", [line(3, "third")]);
  const rest = await scene.plane.logs.read(arn, { limit: 10, after: first.cursor });
  expect(rest.lines.map(({ text }) => text)).toEqual(["second", "third"]);
  expect(rest.lines[0]).toEqual({ at: AT, stream: "stderr", workflowExecutionId: "wf-1", step: "Apply", text: "second" });
  expect(await scene.plane.logs.read(arn, { limit: 10, after: rest.cursor })).toEqual({ lines: [], cursor: rest.cursor });
});

test("a reading is of a workflow, of a step, or since a time", async () => {
  const later = new Date(AT.getTime() + 1000);
  await record().log("b-1", [
    line(1, "whole"),
    line(2, "launch", { workflowExecutionId: "wf-1", step: "Launch" }),
    line(3, "apply", { workflowExecutionId: "wf-1", step: "Apply", at: later }),
    line(4, "test", { workflowExecutionId: "wf-2", step: "Apply", at: later }),
  ]);
  expect(await texts({ workflowExecutionId: "wf-1" })).toEqual(["launch", "apply"]);
  expect(await texts({ step: "Apply" })).toEqual(["apply", "test"]);
  expect(await texts({ since: later })).toEqual(["apply", "test"]);
});

test("lines that are stored are not stored again; those of another build are others", async () => {
  await record().log("b-1", [line(1, "first"), line(2, "second")]);
  await record().log("b-1", [line(1, "first"), line(2, "second"), line(3, "third")]);
  await record().log("b-2", [line(1, "again")]);
  expect(await Promise.all(["b-1", "b-2", "b-3"].map((build) => scene.plane.logs.stored(arn, build)))).toEqual([3, 1, 0]);
  expect(await texts()).toEqual(["first", "second", "third", "again"]);
});

test("a server that has lost the image adds nothing, and nobody after its end", async () => {
  await scene.pool.query("update server set expires_at = now() - interval '1 second' where id = 'one'");
  await scene.plane.runs.claim({ server: two as RunServer, gone: [], mostOfAccount: 100 });
  expect(await thrownBy(record(one).log("b-1", [line(1, "late")]))).toMatch(/^control-plane\/run-lost/);
  await record(two).log("b-1", [line(1, "in time")]);
  expect(await scene.plane.logs.stateOf(arn)).toEqual({ status: "PENDING", hasEnded: false });
  await record(two).end({ status: "FAILED", reason: "so" });
  expect(await thrownBy(record(two).log("b-1", [line(2, "late")]))).toMatch(/^control-plane\/run-lost/);
  expect(await scene.plane.logs.stateOf(arn)).toEqual({ status: "FAILED", hasEnded: true });
  expect(await texts()).toEqual(["in time"]);
});

test("what no text of a database can have is replaced", async () => {
  await record().log("b-1", [line(1, "a\0b\ud800")]);
  expect(await texts()).toEqual(["a\ufffdb\ufffd"]);
});

test("output beyond the limit of an image is left out, one line says so, and what the service says goes on", async () => {
  await scene.pool.query("update image_run set log_bytes = $1", [64 * 1024 * 1024 - 250]);
  const lines = ["fits", "cut", "cut too"].map((text, index) => line(index + 1, text.padEnd(100, ".")));
  await record().log("b-1", lines);
  await record().log("b-1", [line(4, "output"), line(5, "the step ends", { stream: "service" })]);
  const cut = "the image has printed more than 64 MiB; from here on its output is in its log files alone";
  expect(await texts()).toEqual(["fits".padEnd(100, "."), cut, "the step ends"]);
});

test("the log goes with its image, and after its time", async () => {
  await record().log("b-1", [line(1, "old"), line(2, "new", { at: new Date(scene.now) })]);
  scene.now = AT.getTime() + 30 * 24 * 60 * 60 * 1000;
  await record().log("b-1", [line(3, "newest", { at: new Date(scene.now) })]);
  await scene.plane.removeExpired();
  expect(await texts()).toEqual(["old", "new", "newest"]);
  scene.now += 1;
  await scene.plane.removeExpired();
  expect(await texts()).toEqual(["newest"]);
  const named = {
    account: "123456789012",
    region: "eu-west-1",
    name: "web-server",
    version: "1.0.0",
    build: Number(/\d+$/.exec(arn)?.[0]),
  };
  expect([await scene.plane.logs.has(named), await scene.plane.logs.has({ ...named, version: "1.0.1" })]).toEqual([true, false]);
  await record().end({ status: "FAILED", reason: "so" });
  await scene.call("DeleteImage", { imageBuildVersionArn: arn });
  expect((await scene.pool.query("select from image_log")).rowCount).toBe(0);
  expect(await scene.plane.logs.has(named)).toBe(false);
  expect(await thrownBy(texts())).toMatch(/^control-plane\/no-such-image/);
});
