import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ContainerHost } from "@imagewright/build-hosts";
import { openJournal } from "@imagewright/durability";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import type { StoredBuild } from "../builds/stored-build.js";
import type { PlannedWorkflow } from "../plan/build-plan.js";
import { digestOf } from "../plan/digest.js";
import { ImageStore } from "../store/image-store.js";
import { buildWorkflow } from "./build-workflow.js";
import type { BuildOutcome } from "./outcome.js";
import type { BuildParts } from "./parts.js";

function planned(name: string, type: PlannedWorkflow["type"], steps: readonly string[]): PlannedWorkflow {
  const text = `schemaVersion: 1.0\nsteps:\n${steps.map((step) => `  - ${step}\n`).join("")}`;
  return { name, type, path: `${name}.yaml`, text, digest: digestOf(text), isDefault: false, parameters: [] };
}

const LAUNCH = "{ name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }";
const CREATE = "{ name: Create, action: CreateImage, inputs: { instanceId.$: $.stepOutputs.Launch.instanceId } }";
const wait = (onFailure: string) => `{ name: Approve, action: WaitForAction, timeoutSeconds: 1, onFailure: ${onFailure} }`;

// the order of workflows needs no machine, and this suite may run where there is no engine
const IMAGE = { reference: "localhost/made:1", id: "sha256:1", digest: "sha256:2" };
const fakeHost = (calls: string[]) => {
  const noting =
    <Result>(name: string, result: Result) =>
    async (): Promise<Result> => {
      calls.push(name);
      return Promise.resolve(result);
    };
  return {
    name: "fake",
    resolveImage: async () => Promise.resolve(IMAGE),
    findMachine: async () => Promise.resolve({ id: "m" }),
    listTags: async () => Promise.resolve([]),
    launch: noting("launch", { id: "m" }),
    createImage: noting("create", IMAGE),
    terminate: noting("terminate", undefined),
    keepImage: noting("keep", undefined),
    exportImage: async (_image: string, layout: string) => {
      await mkdir(layout);
      return { digest: IMAGE.digest };
    },
  } as unknown as ContainerHost;
};

async function build(
  ...others: PlannedWorkflow[]
): Promise<{ readonly outcome: BuildOutcome; readonly calls: string[]; readonly stages: string[] }> {
  return withTemporaryFolder(async (root) => {
    const folder = join(root, "build");
    await mkdir(folder);
    const [calls, stages]: [string[], string[]] = [[], []];
    const recipe = { path: "r", name: "web", semanticVersion: "1.0.0", parentImage: "localhost/parent", workingDirectory: "/tmp" };
    const stored: StoredBuild = {
      ...{ id: "b", startedAt: "2026-01-01T00:00:00.000Z", settings: { host: "fake", pull: false, numbering: "at-end" } },
      plan: {
        recipe: { ...recipe, tags: {}, container: {} },
        ...{ components: [], workflows: [planned("make", "BUILD", [LAUNCH, CREATE]), ...others], nestedDocuments: [] },
      },
    };
    const parts: BuildParts = {
      ...{ host: fakeHost(calls), build: "b", folder, agent: "", store: new ImageStore(root) },
      onEvent: (event) => {
        if (event.type === "stage-finished") stages.push(`${event.stage} ${event.outcome}`);
      },
    };
    const journal = await openJournal(join(folder, "journal.jsonl"));
    const outcome = await buildWorkflow(journal.durability(), stored, parts).finally(() => journal.close());
    return { outcome, calls, stages };
  });
}

test("a distribution workflow runs after the tests and before the image is kept, and is in the manifest", async () => {
  const { outcome, calls, stages } = await build(
    planned("give", "DISTRIBUTION", [LAUNCH, wait("Continue")]),
    planned("try", "TEST", [LAUNCH]),
  );
  expect(outcome).toMatchObject({
    status: "succeeded",
    manifest: {
      workflows: ["make BUILD", "try TEST", "give DISTRIBUTION"].map((words) => ({ name: words.split(" ")[0], type: words.split(" ")[1] })),
    },
  });
  expect(calls.slice(0, 4)).toEqual(["launch", "create", "launch", "launch"]);
  expect(calls).toContain("keep");
  expect(stages.slice(-3)).toEqual(["try: Launch done", "give: Launch done", "give: Approve failed"]);
});

test("an image that cannot be distributed is not kept", async () => {
  const { outcome, calls } = await build(planned("give", "DISTRIBUTION", [wait("Abort")]));
  expect(outcome).toMatchObject({
    ...{ status: "failed", stage: "distribution", workflow: "give" },
    message: 'step "Approve" failed: the step did not end within 1 second',
  });
  expect(calls).not.toContain("keep");
});
