import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inspectEngines } from "@imagewright/build-hosts";
import { testImageProblem } from "@imagewright/build-hosts/contract";
import { expect, test } from "@jest/globals";
import { Client } from "pg";
import { ExecutionScene } from "./testing/execution-scene.js";

const engine = (await inspectEngines()).find((report) => report.engine === "buildah");
const problem = engine?.usable === true ? testImageProblem() : `buildah ${engine?.finding}`;

/** The lines of the journals of the builds of a server. */
function journals(folder: string): string {
  return readdirSync(folder)
    .map((build) => readFileSync(join(folder, build, "journal.jsonl"), "utf8"))
    .join("");
}

(problem === undefined ? test : test.skip)(
  `what a server has not recorded of a workflow that has ended when it is killed, the next one records${problem === undefined ? "" : ` (skipped: ${problem})`}`,
  async () => {
    const scene = await ExecutionScene.open();
    const lock = new Client({ connectionString: scene.database.url });
    await lock.connect();
    try {
      const server = await scene.serve();
      const arn = await scene.createImage("unrecorded", { build: ["sleep 3; echo once >> /made"], test: ['test "$(cat /made)" = once'] });
      await scene.running(arn, "ApplyBuildComponents");
      // the build goes on while its records wait
      await lock.query("begin");
      await lock.query("select 1 from resource where arn = $1 for update", [arn]);
      while (
        !/"kind":"branch","key":"build","branch":\["main"\],"position":\d+,"outcome"/.test(
          journals(join(scene.folder, "data/service/builds")),
        )
      )
        await sleep(50);
      await scene.end(server, "SIGKILL");
      await lock.query("rollback");
      await scene.serve();
      expect((await scene.ended(arn)).state).toEqual({ status: "AVAILABLE" });
      expect(await scene.workflows(arn)).toEqual([
        "BUILD COMPLETED: LaunchBuildInstance COMPLETED, BootstrapBuildInstance COMPLETED, ApplyBuildComponents COMPLETED, RemoveTraces COMPLETED, CollectMetadata COMPLETED, CreateContainerImage COMPLETED, TerminateBuildInstance COMPLETED",
        expect.stringMatching(/^TEST COMPLETED: /),
      ]);
      expect(await scene.states(arn)).toEqual(["PENDING", "CREATING", "BUILDING", "TESTING", "AVAILABLE"]);
    } finally {
      await lock.end();
      await scene.close();
    }
  },
);
