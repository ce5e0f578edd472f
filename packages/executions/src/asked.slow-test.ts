import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inspectEngines } from "@imagewright/build-hosts";
import { testImageProblem } from "@imagewright/build-hosts/contract";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ACCOUNT, ExecutionScene, REGION } from "./testing/execution-scene.js";

const engine = (await inspectEngines()).find((report) => report.engine === "buildah");
const problem = engine?.usable === true ? testImageProblem() : `buildah ${engine?.finding}`;
const WAITING = `schemaVersion: 1.0
steps:
  - name: Ask
    action: WaitForAction
    inputs: { payload: look at it, snsTopicArn: arn:aws:sns:eu-west-1:123456789012:waiting }
`;

(problem === undefined ? describe : describe.skip)(
  `what is asked of a server${problem === undefined ? "" : ` (skipped: ${problem})`}`,
  () => {
    let scene: ExecutionScene;
    beforeAll(async () => {
      scene = await ExecutionScene.open();
    });
    afterAll(() => scene.close());

    /** An image whose test waits for somebody. */
    const waiting = async (name: string) => {
      const workflow = { name, semanticVersion: "1.0.0", type: "TEST", data: WAITING };
      const { workflowBuildVersionArn: workflowArn } = await scene.call("CreateWorkflow", workflow);
      const more = { executionRole: `arn:aws:iam::${ACCOUNT}:role/runner`, workflows: [{ workflowArn }] };
      const imageBuildVersionArn = await scene.createImage(name, { build: ["echo once >> /made"] }, { more });
      return { imageBuildVersionArn, stepExecutionId: await scene.waits(imageBuildVersionArn) };
    };

    test("a step waits for an action while servers come and go, goes on when it may, and fails when it is stopped", async () => {
      const first = await scene.serve("first");
      const [resumed, stopped] = [await waiting("resumed"), await waiting("stopped")];
      await scene.end(first, "SIGKILL");
      const { steps = [] } = await scene.call("ListWaitingWorkflowSteps", {});
      expect(steps.map(({ stepExecutionId }) => stepExecutionId)).toEqual([resumed.stepExecutionId, stopped.stepExecutionId]);
      await scene.call("SendWorkflowStepAction", { ...resumed, action: "RESUME" });
      const second = await scene.serve("second");
      await scene.call("SendWorkflowStepAction", { ...stopped, action: "STOP", reason: "not today" });
      expect((await scene.ended(resumed.imageBuildVersionArn)).state).toEqual({ status: "AVAILABLE" });
      // the events of the database tell the topic
      expect((await scene.log(resumed.imageBuildVersionArn)).filter((line) => /step Ask waits|told/.test(line))).toEqual([
        "Ask service step Ask waits for an answer: look at it",
      ]);
      const { state } = await scene.ended(stopped.imageBuildVersionArn);
      expect(state?.reason).toBe(
        `Workflow Execution ID: ${state?.failureContext?.workflowExecutionId} failed with reason: step "Ask" failed: it was stopped: not today`,
      );
      await scene.end(second);
      expect(await scene.host.removeOrphans(new Set())).toEqual([]);
    });

    test("BLD-020, BLD-021: an image that was stopped, or cancelled, in its tests is retried there, with what was made", async () => {
      const server = await scene.serve();
      const { imageBuildVersionArn, stepExecutionId } = await waiting("retried");
      await scene.call("SendWorkflowStepAction", { imageBuildVersionArn, stepExecutionId, action: "STOP" });
      expect((await scene.ended(imageBuildVersionArn)).state?.status).toBe("FAILED");
      await scene.call("RetryImage", { imageBuildVersionArn });
      expect((await scene.image(imageBuildVersionArn)).state).toEqual({ status: "TESTING" });
      await scene.running(imageBuildVersionArn, "Ask");
      await scene.call("CancelImageCreation", { imageBuildVersionArn });
      expect((await scene.until(imageBuildVersionArn, "CANCELLED")).state?.status).toBe("CANCELLED");
      await scene.call("RetryImage", { imageBuildVersionArn });
      const again = await scene.waits(imageBuildVersionArn);
      await scene.call("SendWorkflowStepAction", { imageBuildVersionArn, stepExecutionId: again, action: "RESUME" });
      const image = await scene.ended(imageBuildVersionArn);
      expect([image.state, image.version]).toEqual([{ status: "AVAILABLE" }, "1.0.0/1"]);
      const { workflowExecutions = [] } = await scene.call("ListWorkflowExecutions", { imageBuildVersionArn });
      expect(workflowExecutions.map(({ type, status, retried }) => `${type} ${status}${retried === true ? " retried" : ""}`)).toEqual([
        "BUILD COMPLETED",
        "TEST FAILED retried",
        "TEST CANCELLED retried",
        "TEST COMPLETED",
      ]);
      const tag = `localhost/${ACCOUNT}/${REGION}/retried:1.0.0-1`;
      expect(image.outputResources?.containers).toEqual([{ region: REGION, imageUris: [tag] }]);
      expect(await scene.inside(tag, ["cat", "/made"])).toBe("once\n");
      expect(await scene.host.resolveImage(`${tag}.unfinished`)).toBeUndefined();
      expect(await scene.host.removeOrphans(new Set())).toEqual([]);
      await scene.end(server);
    });

    test("without room on its disk a server begins nothing, says why once, and begins when there is room", async () => {
      const small = join(scene.folder, "small");
      mkdirSync(small);
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=64m", "tmpfs", small]);
      try {
        const server = await scene.serve("small");
        const arn = await scene.createImage("roomy", { build: ["true"] });
        const said = "no other image begins, since the machine has too little disk space: less than 1024 MiB are free";
        for (let look = 0; !scene.problems.includes(said) && look < 400; look += 1) await sleep(50);
        expect(scene.problems).toContain(said);
        await sleep(1500);
        expect((await scene.image(arn)).state).toEqual({ status: "PENDING" });
        execFileSync("mount", ["-o", "remount,size=2g", small]);
        expect((await scene.ended(arn)).state).toEqual({ status: "AVAILABLE" });
        await scene.end(server);
      } finally {
        execFileSync("umount", ["--lazy", small]);
      }
    });

    test("BLD-031: a server runs as many images as it may, the others wait, and accounts take turns", async () => {
      const commands = { build: ["sleep 1"] };
      const other = "210987654321";
      const arns = [];
      for (const name of ["one", "two", "three"]) arns.push({ arn: await scene.createImage(name, commands), account: ACCOUNT });
      arns.push({ arn: await scene.createImage("others", commands, { account: other }), account: other });
      const server = await scene.serve("data", 2);
      for (const { arn, account } of arns) expect((await scene.ended(arn, account)).state).toEqual({ status: "AVAILABLE" });
      await scene.end(server);
      const events = await scene.query<{ subject: string; state: string }>(
        "select subject, state from event_outbox where type = 'image.state-changed' and state in ('CREATING', 'AVAILABLE') order by id",
      );
      const names = events
        .map(({ subject, state }) => `${/image\/(\w+)/.exec(subject)?.[1]} ${state}`)
        .filter((text) => /^(one|two|three|others) /.test(text));
      const running = names.reduce<number[]>(
        (counts, text) => [...counts, (counts.at(-1) ?? 0) + (text.endsWith("CREATING") ? 1 : -1)],
        [],
      );
      expect(Math.max(...running)).toBe(2);
      // the other account has asked last, and waits for nobody but the first
      expect(
        names
          .filter((text) => text.endsWith("CREATING"))
          .slice(0, 2)
          .sort(),
      ).toEqual(["one CREATING", "others CREATING"]);
    });
  },
);
