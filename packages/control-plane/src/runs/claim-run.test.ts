import { beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { LAST_SCHEMA } from "../database/migrations/index.js";
import type { RunServer } from "../index.js";
import { createImageIn, statesOf, thrownBy } from "../testing/images.js";
import { Scene } from "../testing/scene.js";
import { storeImageSources } from "../testing/store-row.js";

const scene = new Scene();
beforeAll(() => storeImageSources(scene));

const server = (id: string, place = "here"): RunServer => ({ id, place, pid: 1, processStart: "then" });
const [one, two, elsewhere] = [server("one"), server("two"), server("far", "elsewhere")];
const MANY = 100;

beforeEach(async () => {
  await scene.pool.query("delete from resource where kind = 'image'");
  await scene.pool.query("delete from server");
  for (const each of [one, two, elsewhere]) await scene.plane.runs.renew(each);
});

const claim = (by: RunServer, { gone = [], mostOfAccount = MANY }: { gone?: readonly string[]; mostOfAccount?: number } = {}) =>
  scene.plane.runs.claim({ server: by, gone, mostOfAccount });
const die = (id: string) => scene.pool.query("update server set expires_at = now() - interval '1 second' where id = $1", [id]);

describe("servers claim images", () => {
  test("each image once, the one that has waited longest first, with what it is made of", async () => {
    const [first, second] = [await createImageIn(scene), await createImageIn(scene)];
    const claimed = await claim(one);
    expect(claimed).toMatchObject({
      ...{ arn: first, account: "123456789012", region: "eu-west-1", name: "Web Server", version: "1.0.0", buildVersion: 1 },
      ...{ attempt: 1, status: "PENDING", build: undefined, detail: { type: "AMI" }, origin: { imageRecipe: { name: "Web Server" } } },
    });
    expect((await claim(two))?.arn).toBe(second);
    expect(await claim(one)).toBeUndefined();
  });

  test("no two of many servers that claim at the same time get the same", async () => {
    const arns = [];
    for (let number = 0; number < 20; number += 1) arns.push(await createImageIn(scene));
    const claimed = await Promise.all(Array.from({ length: 40 }, (_, index) => claim(index % 2 === 0 ? one : two)));
    const found = claimed.flatMap((image) => image?.arn ?? []);
    expect([...found].sort()).toEqual([...arns].sort());
  });

  test("an account that has as many running as it may waits for one of them to end", async () => {
    const [first, second] = [await createImageIn(scene), await createImageIn(scene)];
    await claim(one, { mostOfAccount: 1 });
    expect(await claim(two, { mostOfAccount: 1 })).toBeUndefined();
    await scene.plane.runs.recordOf({ arn: first, attempt: 1 }, one).end({ status: "FAILED", reason: "so" });
    expect((await claim(two, { mostOfAccount: 1 }))?.arn).toBe(second);
  });

  test("an image of a server that has died, or is known to be gone, goes on at its place, with its build", async () => {
    const arn = await createImageIn(scene);
    await claim(one);
    await scene.plane.runs.recordOf({ arn, attempt: 1 }, one).placeBuild({ folder: "/data", id: "b-1" });
    expect(await claim(two)).toBeUndefined();
    expect(await claim(elsewhere, { gone: ["one"] })).toBeUndefined();
    expect(await claim(two, { gone: ["one"] })).toMatchObject({ arn, attempt: 1, build: { folder: "/data", id: "b-1" } });
    await die("two");
    expect(await claim(one)).toMatchObject({ arn, attempt: 1, build: { folder: "/data", id: "b-1" } });
  });

  test("an image whose place is lost begins again elsewhere, as its next attempt", async () => {
    const arn = await createImageIn(scene);
    await claim(one);
    await scene.plane.runs.recordOf({ arn, attempt: 1 }, one).placeBuild({ folder: "/data", id: "b-1" });
    for (const id of ["one", "two"]) await die(id);
    expect(await claim(elsewhere)).toBeUndefined();
    await scene.pool.query("update server set expires_at = now() - interval '11 minutes' where place = 'here'");
    expect(await claim(elsewhere)).toMatchObject({ arn, attempt: 2, build: undefined });
  });
});

describe("servers of an earlier program", () => {
  test.each([["null"], ["16"]])(
    "one that knows the schema %s begins no image once a newer one has raised it, and ends what it runs",
    async (known) => {
      const [running] = [await createImageIn(scene), await createImageIn(scene)];
      await claim(one);
      await scene.pool.query(`update server set schema = ${known} where id = 'one'`);
      await expect(claim(one)).rejects.toThrow(
        `a newer program has brought the database to the schema ${LAST_SCHEMA}; the program of this server is older, so it begins no image: stop it`,
      );
      const record = scene.plane.runs.recordOf({ arn: running, attempt: 1 }, one);
      await record.reach("BUILDING");
      await record.end({ status: "FAILED", reason: "so" });
      expect((await scene.plane.runs.claim({ server: two, gone: [], mostOfAccount: MANY }))?.arn).not.toBe(running);
    },
  );
});

describe("what a server records of its image", () => {
  test("is refused once another server has the image, and once the image has ended", async () => {
    const arn = await createImageIn(scene);
    await claim(one);
    const record = scene.plane.runs.recordOf({ arn, attempt: 1 }, one);
    await record.reach("BUILDING");
    await claim(two, { gone: ["one"] });
    const lost = `control-plane/run-lost: the image ${arn} is run by another server, or its creation has ended`;
    for (const refused of [record.reach("TESTING"), record.placeBuild({ folder: "/", id: "b" }), record.end({ status: "CANCELLED" })])
      expect(await thrownBy(refused)).toBe(lost);
    const other = scene.plane.runs.recordOf({ arn, attempt: 1 }, two);
    await other.end({ status: "AVAILABLE" });
    expect(await thrownBy(other.reach("TESTING"))).toBe(lost);
  });

  test("is refused of an attempt that is over, also if the same server runs the next one", async () => {
    const arn = await createImageIn(scene);
    await claim(one);
    const record = scene.plane.runs.recordOf({ arn, attempt: 1 }, one);
    await record.reach("TESTING");
    await record.end({ status: "CANCELLED" });
    await scene.call("RetryImage", { imageBuildVersionArn: arn });
    expect(await claim(one)).toMatchObject({ arn, attempt: 2, status: "TESTING" });
    expect(await thrownBy(record.end({ status: "FAILED" }))).toContain("control-plane/run-lost");
  });

  test("a state that is behind the present one changes nothing", async () => {
    const arn = await createImageIn(scene);
    await claim(one);
    const record = scene.plane.runs.recordOf({ arn, attempt: 1 }, one);
    for (const status of ["CREATING", "BUILDING", "TESTING", "CREATING", "BUILDING", "TESTING"] as const) await record.reach(status);
    expect(await statesOf(scene, arn)).toEqual(["null PENDING", "PENDING CREATING", "CREATING BUILDING", "BUILDING TESTING"]);
  });

  const step = { name: "Make", action: "RunCommand", onFailure: "Abort", timeoutSeconds: 60 } as const;
  const workflow = {
    id: "wf-1",
    workflowBuildVersionArn: "arn:aws:imagebuilder:eu-west-1:aws:workflow/build/w/1.0.0/1",
    type: "BUILD",
    totalStepCount: 1,
  } as const;

  test("the run of a workflow, reported again from its beginning, has each event once", async () => {
    const arn = await createImageIn(scene);
    await claim(one);
    const record = scene.plane.runs.recordOf({ arn, attempt: 1 }, one);
    const report = async () => {
      await record.progress({ ...workflow, status: "PENDING", steps: [{ ...step, id: "step-1", status: "PENDING" }] });
      await record.progress({ ...workflow, status: "RUNNING", steps: [] });
      await record.progress({ ...workflow, status: "RUNNING", steps: [{ ...step, id: "step-1", status: "RUNNING" }] });
      await record.progress({ ...workflow, status: "RUNNING", steps: [{ ...step, id: "step-1", status: "RUNNING", inputs: { a: 1 } }] });
      await record.progress({ ...workflow, status: "RUNNING", steps: [{ ...step, id: "step-1", status: "COMPLETED", outputs: { b: 2 } }] });
    };
    await report();
    await report();
    await record.progress({ ...workflow, status: "COMPLETED", steps: [] });
    expect(await statesOf(scene, "step-1")).toEqual(["PENDING RUNNING", "RUNNING COMPLETED"]);
    expect(await statesOf(scene, "wf-1")).toEqual(["PENDING RUNNING", "RUNNING COMPLETED"]);
    const { rows } = await scene.pool.query("select inputs, outputs, attempt_number from workflow_step_execution where id = 'step-1'");
    expect(rows).toEqual([{ inputs: '{"a":1}', outputs: '{"b":2}', attempt_number: 1 }]);
  });

  test("of a run that another process has brought to its end, the states in between are recorded, too", async () => {
    const arn = await createImageIn(scene);
    await claim(one);
    const record = scene.plane.runs.recordOf({ arn, attempt: 1 }, one);
    const steps = [{ ...step, id: "step-3", status: "FAILED", rollbackStatus: "COMPLETED", message: "no" }] as const;
    await record.progress({ ...workflow, id: "wf-3", status: "ROLLBACK_COMPLETED", steps });
    expect(await statesOf(scene, "step-3")).toEqual(["PENDING RUNNING", "RUNNING FAILED"]);
    const states = ["PENDING RUNNING", "RUNNING ROLLBACK_IN_PROGRESS", "ROLLBACK_IN_PROGRESS ROLLBACK_COMPLETED"];
    expect(await statesOf(scene, "wf-3")).toEqual(states);
    const { rows } = await scene.pool.query("select rollback_status, message from workflow_step_execution where id = 'step-3'");
    expect(rows).toEqual([{ rollback_status: "COMPLETED", message: "no" }]);
  });

  test("the end of an image cancels what of its workflows has not ended", async () => {
    const arn = await createImageIn(scene);
    await claim(one);
    const record = scene.plane.runs.recordOf({ arn, attempt: 1 }, one);
    await record.progress({ ...workflow, id: "wf-2", status: "RUNNING", steps: [{ ...step, id: "step-2", status: "RUNNING" }] });
    await record.end({ status: "CANCELLED", reason: "so", packages: [{ packageName: "bash", packageVersion: "5" }] });
    expect([await statesOf(scene, "step-2"), await statesOf(scene, "wf-2")]).toEqual([
      ["PENDING RUNNING", "RUNNING CANCELLED"],
      ["PENDING RUNNING", "RUNNING CANCELLED"],
    ]);
    expect(await scene.call("ListImagePackages", { imageBuildVersionArn: arn })).toMatchObject({
      imagePackageList: [{ packageName: "bash" }],
    });
  });
});

test("a server that ends gives up what it runs; what was asked of its images is told to who runs them", async () => {
  const arn = await createImageIn(scene);
  await claim(one);
  expect(await scene.plane.runs.news("one")).toEqual({ cancelled: [], answers: [] });
  await scene.call("CancelImageCreation", { imageBuildVersionArn: arn });
  expect(await scene.plane.runs.news("one")).toEqual({ cancelled: [{ arn, attempt: 1 }], answers: [] });
  await scene.plane.runs.remove("one");
  expect((await scene.plane.runs.serversOf("here")).map(({ id }) => id)).toEqual(["two"]);
  expect((await claim(two))?.arn).toBe(arn);
  expect((await scene.plane.runs.news("two")).cancelled).toEqual([{ arn, attempt: 1 }]);
});

test("whoever listens is woken by a new image, by one that is to be cancelled, and by an answer", async () => {
  let wakes = 0;
  let woken: () => void = () => undefined;
  const next = () => new Promise<void>((resolve) => (woken = resolve));
  const listening = next();
  const end = scene.plane.runs.listen(() => {
    wakes += 1;
    woken();
  });
  await listening;
  const created = next();
  const arn = await createImageIn(scene);
  await created;
  await claim(one);
  const cancelled = next();
  await scene.call("CancelImageCreation", { imageBuildVersionArn: arn });
  await cancelled;
  expect(wakes).toBeGreaterThanOrEqual(3);
  await end();
});
