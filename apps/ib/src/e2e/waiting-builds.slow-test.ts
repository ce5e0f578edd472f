// How long a build can be resumed in which a step waits for an answer: the seven days that a step may wait, and a day.
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { inspectEngines } from "@imagewright/build-hosts";
import { checkedText, readCheckedText } from "@imagewright/node-host";
import { withBuildFolder, type BuildFolder } from "./interrupted-build.js";

const report = (await inspectEngines()).find(({ engine }) => engine === "buildah");
const ON = "inputs: { instanceId.$: $.stepOutputs.Launch.instanceId }";
const WORKFLOW = `name: approved
schemaVersion: 1.0
steps:
  - { name: Approve, action: WaitForAction, timeoutSeconds: 604800 }
  - { name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }
  - { name: Apply, action: ExecuteComponents, ${ON} }
  - { name: Create, action: CreateImage, ${ON} }
  - { name: End, action: TerminateInstance, ${ON} }
`;
const DAY = 24;

/** Starts a build that waits, and kills it with -9. Returns its id. */
async function startWaiting(build: BuildFolder): Promise<string> {
  const recipe = await readFile(join(build.folder, "recipe.yaml"), "utf8");
  await writeFile(join(build.folder, "recipe.yaml"), `${recipe}workflows: [{ document: approved.yaml, type: BUILD }]\n`);
  await writeFile(join(build.folder, "approved.yaml"), WORKFLOW);
  return build.startAndKill((keys) => keys.includes("record the wait"));
}

/** As if the step had begun to wait so many hours ago, and the process had lived as long. */
async function age(build: BuildFolder, id: string, hours: number): Promise<void> {
  await build.makeOlder(id, hours);
  const waits = join(build.data, "builds", id, "waits");
  for (const name of await readdir(waits)) {
    const read = readCheckedText(await readFile(join(waits, name)), 1);
    if ("reason" in read) throw new Error(`${name}: ${read.reason}`);
    const since = new Date(Date.now() - hours * 3_600_000).toISOString();
    await writeFile(join(waits, name), checkedText(1, { ...(read.value as object), since }));
  }
}

/** Runs what removes abandoned builds: any command that uses the engine. Whether the build is still there then. */
async function staysAfterNext(build: BuildFolder, id: string): Promise<boolean> {
  const parameters = ["--in", build.parent, "--engine", "buildah", "--phases", "build", "--parameter", "Who=who"];
  expect(await build.ib("component", "run", "greeter.yaml", ...parameters)).toMatchObject({ code: 0 });
  return existsSync(join(build.data, "builds", id, "build.json"));
}

(report?.usable === true ? describe : describe.skip)(
  `a build that waits for an answer${report?.usable === true ? "" : ` (skipped: buildah ${report?.finding})`}`,
  () => {
    test(
      "stays when its process ended 25 hours ago, and a step of it has waited for seven days; it goes on after the answer",
      () =>
        withBuildFolder(async (build) => {
          const id = await startWaiting(build);
          await build.makeOlder(id, 25);
          expect(await staysAfterNext(build, id)).toBe(true);
          await age(build, id, 7 * DAY + 23);
          expect(await staysAfterNext(build, id)).toBe(true);
          expect((await build.ib("workflow", "resume")).stdout).toContain(id);
          expect(await build.ib("workflow", "resume", "Approve")).toMatchObject({ code: 0 });
          const { code, stderr } = await build.ib("build", "--resume", id);
          expect([code, stderr]).toEqual([0, expect.stringContaining("1.0.0/1 is built")]);
        }),
      180_000,
    );

    test(
      "is removed when nobody has answered within seven days, and nobody has resumed it for another",
      () =>
        withBuildFolder(async (build) => {
          const id = await startWaiting(build);
          await age(build, id, 8 * DAY + 1);
          expect(await staysAfterNext(build, id)).toBe(false);
          expect((await build.ib("workflow", "resume")).stdout).toBe("no step waits for an answer\n");
          await build.expectNothing();
        }),
      180_000,
    );
  },
);
