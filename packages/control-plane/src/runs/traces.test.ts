// What a request asks for goes on with its trace, whichever server does it.
import { beforeAll, expect, test } from "@jest/globals";
import type { RunServer } from "../index.js";
import { createImageIn } from "../testing/images.js";
import { ARN, Scene } from "../testing/scene.js";
import { storeImageSources } from "../testing/store-row.js";

const scene = new Scene();
beforeAll(() => storeImageSources(scene));

const server: RunServer = { id: "one", place: "here", pid: 1, processStart: "then" };
const contextOf = (digit: string) => ({ traceparent: `00-${digit.repeat(32)}-${digit.repeat(16)}-01`, tracestate: "own=1" });
const call = {
  imageRecipeArn: `${ARN}image-recipe/web-server/1.0.0`,
  infrastructureConfigurationArn: `${ARN}infrastructure-configuration/small`,
};
const claim = async () => {
  await scene.plane.runs.renew(server);
  return scene.plane.runs.claim({ server, gone: [], mostOfAccount: 100 });
};
const tracesOfEvents = async (arn: string) => {
  const { events } = await scene.plane.events.read({ after: 0, limit: 1000 });
  return events.filter(({ subject }) => subject === arn).map(({ trace }) => trace?.traceparent[3]);
};

test("an image goes on with the trace of the request for it, its next attempt with that of the retry; so do their events", async () => {
  const { imageBuildVersionArn: arn = "" } = await scene.call("CreateImage", call, { trace: contextOf("a") });
  const claimed = await claim();
  expect(claimed).toMatchObject({ arn, trace: contextOf("a"), begunAt: expect.any(Date) });
  const record = scene.plane.runs.recordOf({ arn, attempt: 1 }, server);
  await record.reach("TESTING");
  await record.release();
  expect(await claim()).toMatchObject({ arn, trace: contextOf("a"), begunAt: claimed?.begunAt });
  await record.end({ status: "FAILED", reason: "so" });
  await scene.call("RetryImage", { imageBuildVersionArn: arn }, { trace: contextOf("b") });
  expect(await claim()).toMatchObject({ arn, attempt: 2, trace: contextOf("b") });
  expect(await tracesOfEvents(arn)).toEqual(["a", "a", "a", "b"]);
  await scene.plane.runs.recordOf({ arn, attempt: 2 }, server).end({ status: "FAILED" });
});

test("without traces there is none", async () => {
  const arn = await createImageIn(scene);
  const claimed = await claim();
  expect([claimed?.arn, claimed?.trace, await tracesOfEvents(arn)]).toEqual([arn, undefined, [undefined]]);
  await scene.plane.runs.recordOf({ arn, attempt: 1 }, server).end({ status: "FAILED" });
});
