import { existsSync } from "node:fs";
import { chmod, cp, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inspectEngines } from "@imagewright/build-hosts";
import { testImageProblem } from "@imagewright/build-hosts/contract";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ACCOUNT, ExecutionScene, REGION } from "./testing/execution-scene.js";

const engine = (await inspectEngines()).find((report) => report.engine === "buildah");
const problem = engine?.usable === true ? testImageProblem() : `buildah ${engine?.finding}`;
const OWN = ACCOUNT;
const targetRepository = { service: "ECR", repositoryName: "everywhere" };
const ONCE = { build: ["echo once >> /made"], test: ['test "$(cat /made)" = once'] };

(problem === undefined ? describe : describe.skip)(
  `images that a server runs${problem === undefined ? "" : ` (skipped: ${problem})`}`,
  () => {
    let scene: ExecutionScene;
    beforeAll(async () => {
      scene = await ExecutionScene.open();
    });
    afterAll(() => scene.close());

    const nothingIsLeft = async () => {
      const left = await scene.host.removeOrphans(new Set());
      expect(left).toEqual([]);
    };

    test("BLD-003, BLD-006: an image passes through its states to AVAILABLE, with its workflows and its container", async () => {
      const arn = await scene.createImage("whole", ONCE);
      expect(await scene.image(arn)).toMatchObject({ arn, version: "1.0.0/1", state: { status: "PENDING" } });
      const server = await scene.serve();
      const image = await scene.ended(arn);
      expect(image.state).toEqual({ status: "AVAILABLE" });
      const tag = `localhost/${OWN}/${REGION}/whole:1.0.0-1`;
      expect(image.outputResources).toEqual({ containers: [{ region: REGION, imageUris: [tag] }] });
      expect(await scene.states(arn)).toEqual(["PENDING", "CREATING", "BUILDING", "TESTING", "AVAILABLE"]);
      expect(await scene.workflows(arn)).toEqual([
        "BUILD COMPLETED: LaunchBuildInstance COMPLETED, BootstrapBuildInstance COMPLETED, ApplyBuildComponents COMPLETED, RemoveTraces COMPLETED, CollectMetadata COMPLETED, CreateContainerImage COMPLETED, TerminateBuildInstance COMPLETED",
        "TEST COMPLETED: LaunchTestInstance COMPLETED, ApplyTestComponents COMPLETED, CollectFindings SKIPPED, TerminateTestInstance COMPLETED",
      ]);
      expect(await scene.inside(tag, ["cat", "/made"])).toBe("once\n");
      await nothingIsLeft();
      await scene.end(server);
    });

    test("BLD-026: what a recipe names with wildcards is chosen when its image begins, and the image says what it was", async () => {
      const own = `arn:aws:imagebuilder:${REGION}:${OWN}:`;
      const server = await scene.serve();
      expect((await scene.ended(await scene.createImage("base", ONCE))).state).toEqual({ status: "AVAILABLE" });
      await scene.end(server);
      await scene.component("chosen", { build: ["echo old > /seen"] });
      const recipe = { parentImage: `${own}image/base/x.x.x`, components: [{ componentArn: `${own}component/chosen/1.x.x` }] };
      const arn = await scene.createImage("choosing", ONCE, { recipe });
      expect((await scene.image(arn)).containerRecipe).toMatchObject(recipe);
      await scene.component("chosen", { build: ["cat /made > /seen"] }, ACCOUNT, "1.2.0");
      const other = await scene.serve();
      const { state, containerRecipe } = await scene.ended(arn);
      expect(state).toEqual({ status: "AVAILABLE" });
      expect(containerRecipe).toMatchObject({
        ...{ arn: `${own}container-recipe/choosing/1.0.0`, parentImage: `${own}image/base/1.0.0/1` },
        components: [{ componentArn: `${own}component/chosen/1.2.0/1` }],
      });
      expect(await scene.inside(`localhost/${OWN}/${REGION}/choosing:1.0.0-1`, ["cat", "/seen"])).toBe("once\n");
      const { containerRecipe: named } = await scene.call("GetContainerRecipe", { containerRecipeArn: containerRecipe?.arn });
      expect(named).toMatchObject(recipe);
      await scene.end(other);
    });

    test("BLD-017, IMG-009: an image has the version of its system and the packages of its instance, unless they are not asked for", async () => {
      const server = await scene.serve();
      const apk = ["P:busybox", "V:1.36.1-r2", "A:x86_64", "", "P:musl", "V:1.2.4-r1", "A:x86_64"].join("\\n");
      const alpine = {
        build: [
          `mkdir -p /lib/apk/db; printf '${apk}\\n' > /lib/apk/db/installed; printf 'NAME=Small\\nVERSION_ID=3\\n' > /etc/os-release`,
        ],
      };
      const packagesOf = async (imageBuildVersionArn: string) =>
        (await scene.call("ListImagePackages", { imageBuildVersionArn })).imagePackageList;
      const arn = await scene.createImage("described", alpine);
      expect(await scene.ended(arn)).toMatchObject({
        state: { status: "AVAILABLE" },
        osVersion: "Small 3",
        enhancedImageMetadataEnabled: true,
      });
      expect(await packagesOf(arn)).toEqual([
        { packageName: "busybox", packageVersion: "1.36.1-r2" },
        { packageName: "musl", packageVersion: "1.2.4-r1" },
      ]);
      const without = await scene.createImage("undescribed", alpine, { more: { enhancedImageMetadataEnabled: false } });
      const image = await scene.ended(without);
      expect([image.state?.status, image.osVersion, await packagesOf(without)]).toEqual(["AVAILABLE", undefined, []]);
      await scene.end(server);
    });

    test("BLD-016: tests run in a container of their own, from the image", async () => {
      const server = await scene.serve();
      const arn = await scene.createImage("fresh", { build: ["echo kept > /kept"], test: ["test -e /kept"] });
      expect((await scene.ended(arn)).state).toEqual({ status: "AVAILABLE" });
      const instances = await scene.outputs(arn, ["LaunchBuildInstance", "LaunchTestInstance"]);
      expect(new Set(instances.map((outputs) => /"instanceId":"([^"]+)"/.exec(outputs)?.[1])).size).toBe(2);
      await scene.end(server);
    });

    test("IMG-006: an image that is deleted leaves its container image", async () => {
      const server = await scene.serve();
      const arn = await scene.createImage("deleted", ONCE);
      const { outputResources } = await scene.ended(arn);
      const [tag = ""] = outputResources?.containers?.[0]?.imageUris ?? [];
      await scene.call("DeleteImage", { imageBuildVersionArn: arn });
      expect(await scene.refused("GetImage", { imageBuildVersionArn: arn })).toContain("cannot be found");
      expect(await scene.inside(tag, ["cat", "/made"])).toBe("once\n");
      await scene.end(server);
      await scene.host.removeImage(tag);
    });

    test("BLD-012: the container of a failed step is removed, unless the infrastructure configuration keeps it", async () => {
      const server = await scene.serve();
      const failing = { build: ["echo here > /failed; exit 1"] };
      expect((await scene.ended(await scene.createImage("removed", failing))).state?.status).toBe("FAILED");
      expect(await scene.host.removeOrphans(new Set())).toEqual([]);
      const containerRecipeArn = await scene.recipe("staying", failing);
      const infrastructureConfigurationArn = await scene.infrastructure("staying", { terminateInstanceOnFailure: false });
      const { imageBuildVersionArn = "" } = await scene.call("CreateImage", { containerRecipeArn, infrastructureConfigurationArn });
      expect((await scene.ended(imageBuildVersionArn)).state?.status).toBe("FAILED");
      await scene.end(server);
      expect((await scene.host.removeOrphans(new Set())).map(({ kind }) => kind)).toContain("machine");
    });

    test("BLD-007, BLD-008, BLD-009, BLD-011, LOG-006: a failed component is the reason and the context of the failure, and nothing is left", async () => {
      const server = await scene.serve();
      const arn = await scene.createImage("broken", { build: ["echo not found >&2; exit 3"], test: ["true"] });
      const { state, outputResources } = await scene.ended(arn);
      expect(outputResources).toEqual({});
      expect(await scene.states(arn)).toEqual(["PENDING", "CREATING", "BUILDING", "FAILED"]);
      const context = state?.failureContext;
      expect(state?.reason).toMatch(
        new RegExp(
          `^Workflow Execution ID: ${context?.workflowExecutionId} failed with reason: step "ApplyBuildComponents" failed: component "broken" failed in phase build, `,
        ),
      );
      expect(context).toMatchObject({
        ...{ imageStatus: "BUILDING", failedStep: "ApplyBuildComponents" },
        workflowArn: expect.stringContaining(":aws:workflow/build/build-container/"),
        componentFailure: {
          componentArn: `arn:aws:imagebuilder:${REGION}:${OWN}:component/broken/1.0.0/1`,
          ...{ phaseName: "build", stepName: "Only", action: "ExecuteBash", errorMessage: expect.stringContaining("3") },
        },
      });
      await nothingIsLeft();
      await scene.end(server);
    });

    test("BLD-013, BLD-014: after a failed test nothing else happens; without tests the image is made", async () => {
      const server = await scene.serve();
      const failing = { build: ["true"], test: ["false"] };
      const { distributionConfigurationArn } = await scene.call("CreateDistributionConfiguration", {
        ...{ name: "everywhere", distributions: [{ region: REGION, containerDistributionConfiguration: { targetRepository } }] },
      });
      const arn = await scene.createImage("untrue", failing, { more: { distributionConfigurationArn } });
      const { state, outputResources, imageTestsConfiguration } = await scene.ended(arn);
      expect(state?.status).toBe("FAILED");
      expect(state?.failureContext).toMatchObject({
        ...{ imageStatus: "TESTING", failedStep: "ApplyTestComponents" },
        ...{ workflowArn: expect.stringContaining(":aws:workflow/test/test-container/"), stepExecutionId: expect.stringMatching(/^step-/) },
        componentFailure: { phaseName: "test", stepName: "Only", componentArn: expect.stringContaining(":component/untrue/1.0.0/1") },
      });
      expect([outputResources, imageTestsConfiguration?.imageTestsEnabled]).toEqual([{}, true]);
      expect(await scene.workflows(arn)).toEqual([
        expect.stringMatching(/^BUILD COMPLETED: /),
        "TEST ROLLBACK_COMPLETED: LaunchTestInstance COMPLETED, ApplyTestComponents FAILED, CollectFindings CANCELLED, TerminateTestInstance CANCELLED",
      ]);
      expect(await scene.states(arn)).toEqual(["PENDING", "CREATING", "BUILDING", "TESTING", "FAILED"]);
      const untested = await scene.createImage("untested", failing, {
        more: { imageTestsConfiguration: { imageTestsEnabled: false } },
      });
      expect((await scene.ended(untested)).state).toEqual({ status: "AVAILABLE" });
      expect(await scene.states(untested)).toEqual(["PENDING", "CREATING", "BUILDING", "AVAILABLE"]);
      await nothingIsLeft();
      await scene.end(server);
    });

    test("BLD-019: a cancelled image ends CANCELLED with what runs in it, and so does one that no server has begun", async () => {
      const waiting = await scene.createImage("unbegun", ONCE);
      await scene.call("CancelImageCreation", { imageBuildVersionArn: waiting });
      expect((await scene.image(waiting)).state?.status).toBe("CANCELLED");
      const server = await scene.serve();
      const arn = await scene.createImage("cancelled", { build: ["sleep 600"] });
      await scene.running(arn, "ApplyBuildComponents");
      await scene.call("CancelImageCreation", { imageBuildVersionArn: arn });
      expect((await scene.ended(arn)).state).toMatchObject({ status: "CANCELLED" });
      await nothingIsLeft();
      expect((await scene.workflows(arn)).map((text) => text.slice(0, 15))).toEqual(["BUILD CANCELLED"]);
      expect(await scene.refused("CancelImageCreation", { imageBuildVersionArn: arn })).toContain("it is CANCELLED");
      await scene.end(server);
    });

    test("a server that is killed is followed by another one: what has run is not run again, and what runs in the machine goes on", async () => {
      const first = await scene.serve("first");
      const arn = await scene.createImage("orphaned", { build: ["echo once >> /made; sleep 3; echo twice >> /made"], test: ["sleep 1"] });
      await scene.running(arn, "ApplyBuildComponents");
      await sleep(500);
      await scene.end(first, "SIGKILL");
      const second = await scene.serve("second");
      expect((await scene.ended(arn)).state).toEqual({ status: "AVAILABLE" });
      expect(await scene.inside(`localhost/${OWN}/${REGION}/orphaned:1.0.0-1`, ["cat", "/made"])).toBe("once\ntwice\n");
      expect(await scene.states(arn)).toEqual(["PENDING", "CREATING", "BUILDING", "TESTING", "AVAILABLE"]);
      await nothingIsLeft();
      await scene.end(second);
    });

    test("a server that ends in order gives up what it runs, and the next one goes on with it", async () => {
      const first = await scene.serve();
      const arn = await scene.createImage("handed-over", { build: ["sleep 2; echo once >> /made"], test: ['test "$(cat /made)" = once'] });
      await scene.running(arn, "ApplyBuildComponents");
      await scene.end(first);
      expect((await scene.image(arn)).state?.status).toBe("BUILDING");
      const second = await scene.serve();
      expect((await scene.ended(arn)).state).toEqual({ status: "AVAILABLE" });
      await nothingIsLeft();
      await scene.end(second);
    });

    test("connections that are killed, again and again, are survived", async () => {
      const server = await scene.serve();
      const arn = await scene.createImage("disconnected", { build: ["sleep 3; echo once >> /made"], test: ['test "$(cat /made)" = once'] });
      const killing = setInterval(() => {
        void scene
          .query("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")
          .catch(() => undefined);
      }, 150);
      for (;;) {
        const image = await scene.image(arn).catch(() => undefined);
        if (image?.state?.status === "AVAILABLE" || image?.state?.status === "FAILED") break;
        await sleep(100);
      }
      clearInterval(killing);
      await sleep(200);
      expect((await scene.image(arn)).state).toEqual({ status: "AVAILABLE" });
      await nothingIsLeft();
      await scene.end(server);
    });

    test("an image that the database refuses to record is given up, and gone on with once it takes it; what has run is not run again", async () => {
      const server = await scene.serve();
      const arn = await scene.createImage("refused", { build: ["echo once >> /made"], test: ["sleep 2"] });
      await scene.running(arn, "ApplyTestComponents");
      await scene.query("alter table workflow_step_execution rename to hidden");
      const said = 'relation "workflow_step_execution" does not exist';
      while (!scene.problems.includes(said)) await sleep(50);
      const serverOf = async () =>
        (
          await scene.query<{ server_id: string | null }>(
            `select server_id from image_run where image_id = (select id from resource where arn = '${arn}')`,
          )
        )[0]?.server_id;
      // looks fail as well, so nobody claims what was given up
      while ((await serverOf()) !== null) await sleep(50);
      await scene.query("alter table hidden rename to workflow_step_execution");
      expect((await scene.ended(arn)).state).toEqual({ status: "AVAILABLE" });
      expect(await scene.states(arn)).toEqual(["PENDING", "CREATING", "BUILDING", "TESTING", "AVAILABLE"]);
      expect(await scene.inside(`localhost/${OWN}/${REGION}/refused:1.0.0-1`, ["cat", "/made"])).toBe("once\n");
      await nothingIsLeft();
      await scene.end(server);
    });

    test("a build that no image waits for is ended while the server runs", async () => {
      const server = await scene.serve("data", 2, { sweep: 500 });
      const arn = await scene.createImage("stray", { build: ["sleep 600"] });
      await scene.running(arn, "ApplyBuildComponents");
      await scene.end(server, "SIGKILL");
      const builds = join(scene.folder, "data", "service", "builds");
      const before = await readdir(builds);
      // another one, whose server was killed while it stored it
      const unstored = join(builds, "b-20260102-0a0b0c");
      const stray = before.find((id) => existsSync(join(builds, id, "lease"))) ?? "";
      await cp(join(builds, stray, "lease", stray), join(unstored, "lease", "b-20260102-0a0b0c"), { recursive: true });
      await chmod(unstored, 0o700);
      await writeFile(join(unstored, "build.json.draft"), "{");
      // it runs no image, and what it finds at its start is that of an image that has not ended
      const last = await scene.serve("data", 0, { sweep: 500 });
      while (existsSync(unstored)) await sleep(50);
      await sleep(2_000);
      expect(await readdir(builds)).toEqual(before);
      await scene.query(`delete from resource where arn = '${arn}'`);
      while ((await readdir(builds)).length >= before.length) await sleep(100);
      await scene.end(last);
      await nothingIsLeft();
    });

    test("what cannot be built fails with the reason: a machine image, a parent of another account, a component that is gone", async () => {
      const server = await scene.serve();
      const stranger = await scene.createImage("stranger", ONCE, {
        recipe: { parentImage: `${OWN.replace("1", "2")}/${REGION}/whole:1.0.0-1` },
      });
      expect((await scene.ended(stranger)).state).toEqual({
        ...{ status: "FAILED", failureContext: { imageStatus: "CREATING" } },
        reason: `the parent image "${OWN.replace("1", "2")}/${REGION}/whole:1.0.0-1" is kept by the server for another account`,
      });
      const components = [{ componentArn: `arn:aws:imagebuilder:${REGION}:${OWN}:component/whole/1.0.0/1` }];
      const recipe = { name: "machine", semanticVersion: "1.0.0", parentImage: "ami-12345678", components };
      const { imageRecipeArn } = await scene.call("CreateImageRecipe", recipe);
      const infrastructureConfigurationArn = await scene.infrastructure("machine");
      const { imageBuildVersionArn = "" } = await scene.call("CreateImage", { imageRecipeArn, infrastructureConfigurationArn });
      expect((await scene.ended(imageBuildVersionArn)).state?.reason).toBe(
        "this server has no build host for images of the type AMI; it builds images of the type DOCKER",
      );
      await scene.end(server);
    });
  },
);
