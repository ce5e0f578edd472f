import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importTestImage } from "@imagewright/build-hosts/contract";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { instanceIdOf, readImageMetadata } from "./index.js";
import { IN, LAUNCH, TERMINATE } from "./testing/checked-text.js";
import { findHostProblem } from "./testing/host-problem.js";
import { outputsOf, TestBuild } from "./testing/test-build.js";

const problem = await findHostProblem();

(problem === undefined ? describe : describe.skip)(
  `step actions in containers${problem === undefined ? "" : ` (skipped: ${problem})`}`,
  () => {
    const image = `localhost/imagewright-test/step-actions:${process.pid}`;
    let root: string;
    let build: TestBuild;
    beforeAll(async () => {
      root = mkdtempSync(join(tmpdir(), "imagewright-step-actions-"));
      build = await TestBuild.open({ root, image, parts: { imageSettings: { labels: { made: "here" } } } });
      await importTestImage(build.host, image);
    });
    afterAll(async () => {
      await build.close();
      await build.host.removeImage(image);
      rmSync(root, { recursive: true, force: true });
    });

    test("an image is made of an instance that scripts have changed and the clean-up has cleaned, and the instance is gone", async () => {
      const shell = "documentName: AWS-RunShellScript";
      const execution = await build.run([
        LAUNCH,
        `{ name: Boot, action: BootstrapInstanceForContainer, inputs: { ${IN} } }`,
        `{ name: Ready, action: WaitForSSMAgent, inputs: { ${IN} } }`,
        `{ name: Make, action: RunCommand, inputs: { ${IN}, ${shell}, parameters: { commands: [mkdir -p /var/tmp /var/log /etc, "echo made > /made; echo 'NAME=Small' > /etc/os-release; echo id > /etc/machine-id; echo x > /var/log/cron"] } } }`,
        `{ name: Clean, action: SanitizeInstance, inputs: { ${IN} } }`,
        `{ name: Ask, action: CollectImageMetadata, inputs: { ${IN} } }`,
        `{ name: Change, action: RunCommand, inputs: { ${IN}, ${shell}, parameters: { commands: ["echo 'NAME=Other' > /etc/os-release"] } } }`,
        `{ name: AskAgain, action: CollectImageMetadata, inputs: { ${IN} } }`,
        `{ name: Create, action: CreateImage, inputs: { ${IN} } }`,
        TERMINATE,
      ]);
      expect([execution.status, execution.message]).toEqual(["COMPLETED", undefined]);
      expect(outputsOf(execution, "Launch")).toEqual({ instanceId: expect.stringMatching(/^i-[0-9a-f]{17}$/) });
      const command = { runCommandId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/), status: "Success" };
      expect(outputsOf(execution, "Boot")).toEqual({ ...command, output: "buildah is here already, so nothing was installed" });
      expect(outputsOf(execution, "Ready")).toEqual({ status: "Online" });
      expect(outputsOf(execution, "Make")).toEqual({ ...command, output: [""] });
      expect(outputsOf(execution, "Clean")).toEqual({ ...command, output: "" });
      expect(outputsOf(execution, "Ask")).toEqual({ osVersion: "Small", associationId: command.runCommandId });
      expect(outputsOf(execution, "AskAgain")).toMatchObject({ osVersion: "Other" });
      const ask = execution.steps.find(({ name }) => name === "Ask")?.stepExecutionId ?? "";
      expect(await readImageMetadata(build.folder, ask)).toEqual({ osVersion: "Small", packages: [], isCut: false });
      expect(outputsOf(execution, "End")).toEqual({});
      const launch = execution.steps[0]?.stepExecutionId ?? "";
      expect(await build.host.findMachine({ owner: "test-build", token: instanceIdOf(launch) })).toBeUndefined();

      // what was made is launched by its id
      const made = String(outputsOf(execution, "Create")["imageId"]);
      const look = await build.run([
        `{ name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent, imageIdOverride: "${made}", instanceTypesOverride: [t3.micro] } }`,
        `{ name: Look, action: RunCommand, inputs: { ${IN}, ${shell}, parameters: { commands: ["cat /made; wc -c < /etc/machine-id; ls /var/log"] } } }`,
        TERMINATE,
      ]);
      expect(outputsOf(look, "Look")["output"]).toEqual(["made\n0"]);
      expect(build.notices).toEqual(["containers have no instance types, so instanceTypesOverride has no effect"]);
    });
  },
);
