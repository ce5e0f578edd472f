// Schedules, as real servers run them.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { ListedPipeline, PipelineExplanation } from "@imagewright/control-plane";
import { expect, test } from "@jest/globals";
import { Client } from "pg";
import { ib } from "./ib.js";
import { ARN, createPipeline, createSources, until } from "./testing/pipelines.js";
import { clientOf, withService } from "./testing/service.js";

test("a server runs what is due; ib pipeline ls and why tell what became of it, and what would happen now", () =>
  withService(async (start, { folder, databaseUrl }) => {
    const environment = { IMAGEWRIGHT_DATABASE_URL: databaseUrl };
    const run = async (...parameters: string[]) => ib(["pipeline", ...parameters], { folder, environment });
    const client = await clientOf(await start(["--role", "all"]).answering);
    expect(await run("ls")).toEqual({ code: 0, stdout: "", stderr: "there are no pipelines\n" });
    await createSources(client);
    await createPipeline(client, "nightly");
    const listed = async () =>
      (JSON.parse((await run("ls", "--json")).stdout) as readonly (Omit<ListedPipeline, "lastRun"> & { lastRun: string | null })[])[0];
    await until(async () => (await listed())?.lastRun !== null);
    expect(await listed()).toMatchObject({ arn: `${ARN}image-pipeline/nightly`, status: "ENABLED", lastRunStatus: "PENDING" });
    expect((await run("ls")).stdout).toMatch(
      /^STATUS +NEXT RUN +LAST RUN +ITS IMAGE +PIPELINE\nENABLED +\d{4}-.*Z +\d{4}-.*Z +PENDING +arn:/,
    );

    const why = await run("why", "nightly");
    expect([why.code, why.stderr]).toEqual([0, ""]);
    expect(why.stdout.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME").split("\n")).toEqual([
      `pipeline ${ARN}image-pipeline/nightly`,
      "status   ENABLED",
      "schedule rate(1 day) UTC",
      "next run TIME",
      "last run TIME; its image is PENDING",
      "",
      `if it were due now, it would not build: the image of the last scheduled run, ${ARN}image/web/1.0.0/1, has not ended; it is PENDING`,
      "",
      "DUE                       OUTCOME  WHY",
      `TIME  built    the pipeline has never run; ${ARN}image/web/1.0.0/1`,
      "",
    ]);
    const json = JSON.parse((await run("why", `${ARN}image-pipeline/nightly`, "--json")).stdout) as PipelineExplanation;
    expect(json).toMatchObject({ name: "nightly", evaluations: [{ outcome: "built" }], ifDueNow: { outcome: "skipped", updates: [] } });
    expect(await run("why", "weekly")).toMatchObject({
      code: 1,
      stderr: 'error: there is no pipeline "weekly"; allowed: the name or the ARN of one\n  try: ib pipeline ls\n',
    });
  }));

test("a server that only answers runs no schedules", () =>
  withService(async (start, { databaseUrl }) => {
    const client = await clientOf(await start(["--role", "api"]).answering);
    await createSources(client);
    await createPipeline(client, "nightly");
    const database = new Client(databaseUrl);
    await database.connect();
    await sleep(1000);
    expect((await database.query("select from pipeline_evaluation")).rowCount).toBe(0);
    await database.end();
  }));

test("a download that has changed is found by the server, and by why; an address that is away is told", () =>
  withService(async (start, { folder, databaseUrl }) => {
    let tag = "one";
    const files = createServer((_, response) => response.writeHead(tag === "" ? 503 : 200, { etag: `"${tag}"` }).end());
    await once(files.listen(0, "127.0.0.1"), "listening");
    const url = `http://127.0.0.1:${(files.address() as AddressInfo).port}/tool`;
    const database = new Client(databaseUrl);
    const client = await clientOf(await start(["--role", "all"]).answering);
    await database.connect();
    await createSources(client, url);
    await createPipeline(client, "watching", { tags: { "imagewright:also-build-when": "downloads" } });
    await until(async () => (await database.query("select from pipeline_evaluation")).rowCount === 1);
    // as if the build had ended
    await database.query("update image_pipeline_state set build_uses = run_uses, scheduled_image_id = null");
    const now = async () => {
      const { stdout } = await ib(["pipeline", "why", "watching", "--json"], {
        folder,
        environment: { IMAGEWRIGHT_DATABASE_URL: databaseUrl },
      });
      return (JSON.parse(stdout) as PipelineExplanation).ifDueNow;
    };
    expect(await now()).toMatchObject({ outcome: "skipped", notes: [] });
    tag = "two";
    expect(await now()).toMatchObject({ outcome: "built", reason: `${url}, which has changed since the last build` });
    tag = "";
    expect(await now()).toMatchObject({ outcome: "skipped", notes: [`${url} could not be looked at: the server answers 503`] });
    files.closeAllConnections();
    files.close();
    await database.end();
  }));
