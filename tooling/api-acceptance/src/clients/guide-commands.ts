// The commands of the guide's chapters 36, 40 and 41, as a person types them.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { operationsOfAws } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { workflowDocument } from "../support/documents.js";
import * as make from "../support/make.js";
import { removeImageAfterwards } from "../support/make-image.js";
import { api } from "../support/service.js";
import { uniqueName } from "../support/unique-name.js";
import { removeAfterwards } from "../support/remove-afterwards.js";
import { runAws } from "./aws-command.js";

/** The tests of these commands for a version of `aws`; those of workflows are skipped for one that does not know workflows. */
export function testGuideCommands(aws: string): void {
  const call = async (...words: string[]): Promise<Answer> => {
    const { status, stdout, stderr } = await runAws(aws, words);
    expect([status, stderr]).toEqual([0, ""]);
    return JSON.parse(stdout) as Answer;
  };
  const withFile = async (name: string, text: string, body: (url: string) => Promise<void>) => {
    const folder = await mkdtemp(join(tmpdir(), "imagewright-guide-"));
    try {
      await writeFile(join(folder, name), text);
      await body(`file://${join(folder, name)}`);
    } finally {
      await rm(folder, { recursive: true });
    }
  };

  test.each([
    ["imageRecipeArn", () => make.makeImageRecipe({ semanticVersion: "2020.12.3" })],
    ["containerRecipeArn", () => make.makeContainerRecipe({ semanticVersion: "2020.12.3" })],
  ])("chapters 40 and 41: a pipeline with %s is created from a file, listed, read, updated and started", async (member, makeRecipe) => {
    const parts = {
      [member]: await makeRecipe(),
      infrastructureConfigurationArn: await make.makeInfrastructure(),
      distributionConfigurationArn: await make.makeDistribution(),
    };
    const schedule = (scheduleExpression: string) => ({
      ...{ scheduleExpression, pipelineExecutionStartCondition: "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE" },
    });
    const created = {
      ...{
        name: uniqueName("MyWindows2019Pipeline"),
        description: "Builds Windows 2019 Images",
        enhancedImageMetadataEnabled: true,
        ...parts,
      },
      ...{ imageTestsConfiguration: { imageTestsEnabled: true, timeoutMinutes: 60 }, schedule: schedule("cron(0 0 ? * SUN *)") },
      status: "ENABLED",
    };
    // as the chapter prints it, against the rule of chapter 42; see docs/compatibility.md
    const printed = { ...created, schedule: schedule("cron(0 0 * * SUN *)") };
    await withFile("create-image-pipeline.json", JSON.stringify(printed), async (url) => {
      const { status, stderr } = await runAws(aws, ["create-image-pipeline", "--cli-input-json", url]);
      expect([status === 0, stderr]).toEqual([false, expect.stringContaining('one of them must be "?"; write "0 0 ? * SUN *"')]);
    });
    let arn = "";
    await withFile("create-image-pipeline.json", JSON.stringify(created), async (url) => {
      arn = (await call("create-image-pipeline", "--cli-input-json", url)).imagePipelineArn ?? "";
    });
    removeAfterwards(() => api.deleteImagePipeline({ imagePipelineArn: arn }));
    const listed = await call("list-image-pipelines", "--filters", `name=name,values=${created.name}`);
    expect(listed.imagePipelineList).toMatchObject([created]);
    expect((await call("get-image-pipeline", "--image-pipeline-arn", arn)).imagePipeline).toMatchObject({
      ...created,
      dateNextRun: expect.any(String),
    });
    const updated = {
      ...{ ...parts, imageTestsConfiguration: { imageTestsEnabled: true, timeoutMinutes: 120 } },
      ...{ schedule: schedule("cron(0 0 ? * MON *)"), status: "DISABLED" },
    };
    await withFile("update-image-pipeline.json", JSON.stringify({ imagePipelineArn: arn, ...updated }), async (url) => {
      await call("update-image-pipeline", "--cli-input-json", url);
    });
    expect((await call("get-image-pipeline", "--image-pipeline-arn", arn)).imagePipeline).toMatchObject({ name: created.name, ...updated });
    const { imageBuildVersionArn = "" } = await call("start-image-pipeline-execution", "--image-pipeline-arn", arn);
    expect(imageBuildVersionArn).toMatch(/:(image|container)\/.*\/2020\.12\.3\/1$/);
    removeImageAfterwards(imageBuildVersionArn);
  });

  const knowsWorkflows = operationsOfAws(aws, ["CreateWorkflow"]).length > 0;
  (knowsWorkflows ? test : test.skip)(
    `chapter 36: a workflow is created from a file and listed${knowsWorkflows ? "" : " (skipped: this aws does not know workflows)"}`,
    async () => {
      for (const type of ["BUILD", "TEST"]) {
        const name = uniqueName(`example-${type.toLowerCase()}-workflow`);
        await withFile("example-workflow.yml", workflowDocument(), async (url) => {
          const words = ["--name", name, "--semantic-version", "1.0.0", "--type", type, "--data", url];
          const { workflowBuildVersionArn = "" } = await call("create-workflow", ...words);
          removeAfterwards(() => api.deleteWorkflow({ workflowBuildVersionArn }));
          expect(workflowBuildVersionArn).toMatch(new RegExp(`:workflow/${type.toLowerCase()}/${name}/1\\.0\\.0/1$`));
        });
        const listed = await call("list-workflows", "--filters", `name="type",values="${type}"`);
        expect(listed.workflowVersionList).toContainEqual(expect.objectContaining({ name, version: "1.0.0", type }));
        expect(listed.workflowVersionList?.filter((found) => found.type !== type)).toEqual([]);
      }
    },
  );
}

interface Answer {
  readonly imagePipelineArn?: string;
  readonly imagePipelineList?: readonly object[];
  readonly imagePipeline?: object;
  readonly imageBuildVersionArn?: string;
  readonly workflowBuildVersionArn?: string;
  readonly workflowVersionList?: readonly { readonly type: string }[];
}
