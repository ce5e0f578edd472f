import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { agentExecutable } from "@imagewright/agent";
import { importSmallImage } from "@imagewright/build-hosts/small-image";
import { failureContextOf } from "@imagewright/workflow-engine";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { readComponentsEnd } from "../index.js";
import type { AgentWork } from "../components/agent-work.js";
import { IN, LAUNCH, TERMINATE } from "../testing/checked-text.js";
import { findHostProblem } from "../testing/host-problem.js";
import { bashComponents } from "../testing/test-components.js";
import { messageOf, outputsOf, TestBuild } from "../testing/test-build.js";

const problem = await findHostProblem();
const EXECUTE = `{ name: Components, action: ExecuteComponents, inputs: { ${IN} } }`;

(problem === undefined ? describe : describe.skip)(`ExecuteComponents${problem === undefined ? "" : ` (skipped: ${problem})`}`, () => {
  const image = `localhost/imagewright-test/execute:${process.pid}`;
  let root: string;
  let build: TestBuild;
  let work: AgentWork;
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "imagewright-execute-"));
    build = await TestBuild.open({ root, image, agent: agentExecutable(), parts: { componentsFor: () => work } });
    await importSmallImage(build.host, image, [agentExecutable()]);
  });
  afterAll(async () => {
    await build.close();
    await build.host.removeImage(image);
    rmSync(root, { recursive: true, force: true });
  });

  test("components run as a job of the agent: its events are told, its summary is the output, its logs are brought out", async () => {
    work = bashComponents([["echo one > /one"], ["cat /one"]]);
    const execution = await build.run([LAUNCH, EXECUTE, TERMINATE]);
    const { output, runCommandId, status } = outputsOf(execution, "Components");
    expect([status, JSON.parse(String(output))]).toMatchObject(["Success", { executionId: runCommandId, executedStepCount: 2 }]);
    const told = build.events.flatMap((event) => (event.type === "component-event" ? [event] : []));
    expect(told.map(({ event: { type } }) => type).filter((type) => type === "step-finished")).toHaveLength(2);
    expect(told[0]?.step).toMatchObject({ workflowType: "BUILD", stepName: "Components" });
    const end = await readComponentsEnd(build.folder, told[0]?.step.stepExecutionId ?? "");
    expect(end?.phases.map(({ component, status: ended }) => [component, ended])).toEqual([
      ["Component 1", "success"],
      ["Component 2", "success"],
    ]);
    expect(readdirSync(join(build.folder, "logs", "build"))).toEqual([expect.stringContaining(String(runCommandId))]);
  });

  test("a failed component fails the step, with what the API's failure context has", async () => {
    work = bashComponents([["true"], ["true", "echo no >&2; exit 7", "true"]]);
    const execution = await build.run([LAUNCH, EXECUTE, TERMINATE]);
    const message = messageOf(execution, "Components") ?? "";
    expect(message).toMatch(/^component "Component 2" failed in phase build, step "step-2": .*7/);
    expect(failureContextOf(execution)?.componentFailure).toEqual({
      ...{ phaseName: "build", stepName: "step-2", action: "ExecuteBash" },
      errorMessage: message.slice(message.indexOf(": ") + 2),
    });
    const { stepExecutionId = "" } = execution.steps[1] ?? {};
    const end = await readComponentsEnd(build.folder, stepExecutionId);
    expect(end?.failedSteps.map(({ result: { name } }) => name)).toEqual(["step-2"]);
    expect(execution.status).toBe("ROLLBACK_COMPLETED");
  });

  test("the time limit of the step ends the job, and the logs are brought out", async () => {
    work = bashComponents([["sleep 100"]]);
    const step = EXECUTE.replace("inputs", "timeoutSeconds: 3, onFailure: Continue, inputs");
    const still = `{ name: Still, action: RunCommand, inputs: { ${IN}, documentName: AWS-RunShellScript, parameters: { commands: [cat /proc/*/cmdline] } } }`;
    const before = Date.now();
    const execution = await build.run([LAUNCH, step, still, TERMINATE]);
    expect(messageOf(execution, "Components")).toBe("the step did not end within 3 seconds");
    expect(Date.now() - before).toBeLessThan(20_000);
    expect(String(outputsOf(execution, "Still")["output"])).not.toContain("sleep");
  });

  test("without a component that has a phase to run, nothing runs", async () => {
    work = { ...bashComponents([]), phases: ["test"] };
    const execution = await build.run([LAUNCH, EXECUTE, TERMINATE], "TEST");
    expect(outputsOf(execution, "Components")["output"]).toBe('no component has a phase to run: "test"');
  });
});
