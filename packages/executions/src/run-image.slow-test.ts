import { setTimeout as sleep } from "node:timers/promises";
import { inspectEngines } from "@imagewright/build-hosts";
import { testImageProblem } from "@imagewright/build-hosts/contract";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ExecutionScene, REGION } from "./testing/execution-scene.js";

const engine = (await inspectEngines()).find((report) => report.engine === "buildah");
const problem = engine?.usable === true ? testImageProblem() : `buildah ${engine?.finding}`;
const OWN = "123456789012";
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

    test("BLD-003, BLD-006, IMG-009: an image passes through its states to AVAILABLE, with its workflows, packages and container", async () => {
      const server = await scene.serve();
      const arn = await scene.createImage("whole", ONCE);
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

      // the next build of the same version starts from the first, which it names by wildcards
      const next = await scene.createImage(
        "next",
        { build: ["cat /made > /seen"] },
        { recipe: { parentImage: `arn:aws:imagebuilder:${REGION}:${OWN}:image/whole/x.x.x` } },
      );
      expect((await scene.ended(next)).state).toEqual({ status: "AVAILABLE" });
      expect(await scene.inside(`localhost/${OWN}/${REGION}/next:1.0.0-1`, ["cat", "/seen"])).toBe("once\n");
      await scene.end(server);
    });

    test("BLD-007, BLD-008, BLD-009, LOG-006: a failed component is the reason and the context of the failure, and nothing is left", async () => {
      const server = await scene.serve();
      const arn = await scene.createImage("broken", { build: ["echo not found >&2; exit 3"], test: ["true"] });
      const { state, outputResources } = await scene.ended(arn);
      expect(outputResources).toEqual({});
      expect(await scene.states(arn)).toEqual(["PENDING", "CREATING", "BUILDING", "FAILED"]);
      const context = state?.failureContext;
      expect(state?.reason).toMatch(
        new RegExp(`^Workflow Execution ID: ${context?.workflowExecutionId} failed with reason: step "ApplyBuildComponents" failed: `),
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

    test("BLD-013: after a failed test nothing else happens; without tests the image is made", async () => {
      const server = await scene.serve();
      const failing = { build: ["true"], test: ["false"] };
      const arn = await scene.createImage("untrue", failing);
      expect((await scene.ended(arn)).state?.failureContext).toMatchObject({ imageStatus: "TESTING", failedStep: "ApplyTestComponents" });
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
