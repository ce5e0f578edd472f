import { paginateListWorkflowBuildVersions, paginateListWorkflows } from "@aws-sdk/client-imagebuilder";
import { describe, expect, test } from "@jest/globals";
import { workflowDocument } from "./support/documents.js";
import { makePipeline, makeWorkflow } from "./support/make.js";
import { entries } from "./support/pages.js";
import { prove } from "./support/prove.js";
import { MESSAGES, refused } from "./support/refused.js";
import { accountId, api, arnOf } from "./support/service.js";
import { uniqueName } from "./support/unique-name.js";

const get = async (workflowBuildVersionArn: string) => (await api.getWorkflow({ workflowBuildVersionArn })).workflow;
const listed = (name: string, more: { name: string; values: string[] }[] = []) =>
  entries(paginateListWorkflows, { filters: [{ name: "name", values: [name] }, ...more] }, "workflowVersionList");

describe("workflows", () => {
  prove("API-011", async () => {
    const name = uniqueName("workflow");
    const members = { description: "launches", changeDescription: "first", tags: { team: "web" } };
    const arn = await makeWorkflow({ name, ...members });
    expect(arn).toBe(await arnOf(`workflow/test/${name}/1.0.0/1`));
    expect(await get(arn)).toEqual({
      ...{ arn, name, version: "1.0.0", type: "TEST", owner: await accountId(), data: workflowDocument(), ...members },
      parameters: [{ name: "agent", type: "string", defaultValue: ["ssmAgent"], description: "what to wait for" }],
      dateCreated: expect.any(String),
    });
    expect(await makeWorkflow({ name, data: workflowDocument("another") })).toBe(await arnOf(`workflow/test/${name}/1.0.0/2`));
  });

  prove("API-036", async () => {
    const name = uniqueName("workflow");
    const [first, second] = [await makeWorkflow({ name }), await makeWorkflow({ name, data: workflowDocument("again") })];
    const newer = await makeWorkflow({ name, semanticVersion: "1.2.0" });
    const base = await arnOf(`workflow/test/${name}`);
    const found = ["1.0.0/1", "1.0.0", "1.0.x", "1.x.x", "x.x.x"].map(async (version) => (await get(`${base}/${version}`))?.arn);
    expect(await Promise.all(found)).toEqual([first, second, second, newer, newer]);
  });

  prove("API-060", async () => {
    const name = uniqueName("workflow");
    const builds = [
      await makeWorkflow({ name }),
      await makeWorkflow({ name, data: workflowDocument("again") }),
      await makeWorkflow({ name, semanticVersion: "1.2.0" }),
    ];
    const base = await arnOf(`workflow/test/${name}`);
    const found = async (version: string) =>
      (await entries(paginateListWorkflowBuildVersions, { workflowVersionArn: `${base}/${version}` }, "workflowSummaryList"))
        .map(({ arn }) => arn)
        .sort();
    expect([await found("1.0.0"), await found("1.x.x")]).toEqual([builds.slice(0, 2), builds]);
    const all = await entries(paginateListWorkflowBuildVersions, {}, "workflowSummaryList", 25);
    expect(all.map(({ arn }) => arn)).toEqual(expect.arrayContaining(builds));
  });

  prove("API-063", async () => {
    const name = uniqueName("workflow");
    for (const semanticVersion of ["1.0.0", "1.0.1", "2.0.0"]) await makeWorkflow({ name, semanticVersion, description: "launches" });
    await makeWorkflow({ name, data: workflowDocument("again"), description: "launches" });
    const versions = await listed(name);
    expect(versions.map(({ version }) => version).sort()).toEqual(["1.0.0", "1.0.1", "2.0.0"]);
    expect(versions.find(({ version }) => version === "1.0.0")).toEqual({
      ...{ arn: await arnOf(`workflow/test/${name}/1.0.0`), name, version: "1.0.0", type: "TEST", description: "launches" },
      ...{ owner: await accountId(), dateCreated: expect.any(String) },
    });
  });

  prove("API-093", async () => {
    const name = uniqueName("workflow");
    await makeWorkflow({ name, description: name });
    for (const [filter, value] of [
      ["description", name],
      ["type", "TEST"],
      ["version", "1.0.0"],
    ] as const) {
      expect([filter, (await listed(name, [{ name: filter, values: [value] }])).length]).toEqual([filter, 1]);
      expect([filter, (await listed(name, [{ name: filter, values: ["other"] }])).length]).toEqual([filter, 0]);
    }
    await refused(
      listed(name, [{ name: "platform", values: ["Linux"] }]),
      "InvalidParameterValueException",
      MESSAGES.invalidValue("filters"),
    );
    for (const owner of ["Shared", "ThirdParty"] as const)
      await refused(api.listWorkflows({ owner }), "InvalidParameterValueException", MESSAGES.invalidValue("owner"));
    expect((await api.listWorkflows({ owner: "AWSMarketplace" })).workflowVersionList).toEqual([]);
  });

  prove("API-020", async () => {
    const workflowArn = await makeWorkflow();
    const imagePipelineArn = await makePipeline({ workflows: [{ workflowArn }], executionRole: "builder" });
    const refusal = api.deleteWorkflow({ workflowBuildVersionArn: workflowArn });
    await refused(refusal, "ResourceDependencyException", MESSAGES.dependedOn(workflowArn));
    await api.deleteImagePipeline({ imagePipelineArn });
    expect(await api.deleteWorkflow({ workflowBuildVersionArn: workflowArn })).toMatchObject({ workflowBuildVersionArn: workflowArn });
    await refused(get(workflowArn), "ResourceNotFoundException");
  });

  test.each([
    ["neither data nor uri", { data: undefined }, "InvalidParameterCombinationException"],
    ["both data and uri", { uri: "s3://documents/workflow.yaml" }, "InvalidParameterCombinationException"],
    ["a document that is none", { data: "steps: none" }, "InvalidParameterValueException"],
    [
      "an action that does not exist",
      { data: workflowDocument().replace("TerminateInstance", "Terminate") },
      "InvalidParameterValueException",
    ],
    [
      "an action of another stage",
      { data: workflowDocument().replace("TerminateInstance", "CollectImageMetadata") },
      "InvalidParameterValueException",
    ],
    ["an unknown type", { type: "DEPLOY" }, "InvalidParameterValueException"],
  ] as const)("CreateWorkflow refuses %s", async (_, given, error) => {
    const name = uniqueName("workflow");
    await refused(makeWorkflow({ name, ...given } as never), error);
    expect(await listed(name)).toEqual([]);
  });
});
