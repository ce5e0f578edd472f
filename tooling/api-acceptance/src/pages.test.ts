import { operationNames, operationOf, shapeOf, type OperationName } from "@imagewright/imagebuilder-model";
import { describe, expect, test } from "@jest/globals";
import { KINDS } from "./support/kinds.js";
import { makeComponent, makeInfrastructure, makeLifecyclePolicy, makePipeline } from "./support/make.js";
import { makeImage } from "./support/make-image.js";
import { prove } from "./support/prove.js";
import { MESSAGES, refused } from "./support/refused.js";
import { sendSigned } from "./support/signed-request.js";
import { api } from "./support/service.js";
import { uniqueName } from "./support/unique-name.js";

const NONE = "00000000-0000-4000-8000-000000000000";

/**
 * What each list needs to be asked. Of lifecycle and workflow executions there are none before images are built, so their ids name none.
 */
async function neededBy(list: OperationName): Promise<Record<string, string>> {
  const needs: Partial<Record<OperationName, () => Promise<Record<string, string>>>> = {
    ListImagePackages: async () => ({ imageBuildVersionArn: await makeImage() }),
    ListImagePipelineImages: async () => ({ imagePipelineArn: await makePipeline() }),
    ListLifecycleExecutions: async () => ({ resourceArn: await makeLifecyclePolicy() }),
    ListLifecycleExecutionResources: () => Promise.resolve({ lifecycleExecutionId: `lce-${NONE}` }),
    ListWorkflowExecutions: async () => ({ imageBuildVersionArn: await makeImage() }),
    ListWorkflowStepExecutions: () => Promise.resolve({ workflowExecutionId: `wf-${NONE}` }),
  };
  return (await needs[list]?.()) ?? {};
}

const namesNone = (needed: Record<string, string>) => Object.values(needed).some((value) => value.endsWith(NONE));

/** Every list that has pages. */
const LISTS = operationNames().filter((name) => {
  const input = shapeOf(operationOf(name).input);
  return input.type === "structure" && "maxResults" in input.members;
});

/** Three versions of a component, in pages of one. */
async function firstPage() {
  const name = uniqueName("component");
  for (const semanticVersion of ["1.0.0", "1.1.0", "1.2.0"]) await makeComponent({ name, semanticVersion });
  const filters = [{ name: "name", values: [name] }];
  const { nextToken = "", componentVersionList = [] } = await api.listComponents({ filters, maxResults: 1 });
  expect(componentVersionList).toHaveLength(1);
  return { filters, nextToken, first: componentVersionList[0]?.arn };
}

describe("pages of lists", () => {
  prove("API-081", async () => {
    expect(LISTS).toHaveLength(20);
    for (const list of LISTS) {
      const needed = await neededBy(list);
      const send = (given: object) => sendSigned("POST", `/${list}`, { ...needed, ...given });
      for (const maxResults of [0, 26, -1, 1.5, "two"]) {
        const { status, error, body } = await send({ maxResults });
        expect([list, maxResults, status, error]).toEqual([list, maxResults, 400, "InvalidParameterValueException"]);
        expect(body["message"]).toEqual(expect.stringMatching(MESSAGES.invalidValue("maxResults")));
      }
      const found = namesNone(needed) ? 404 : 200;
      for (const maxResults of [1, 25]) expect([list, (await send({ maxResults })).status]).toEqual([list, found]);
      const empty = await send({ nextToken: "" });
      expect([list, empty.status]).toEqual([list, 400]);
    }
    expect((await sendSigned("POST", "/ListImageScanFindingAggregations", { maxResults: 1 })).status).toBe(400);
  });

  prove("API-082", async () => {
    for (const list of LISTS) {
      const needed = await neededBy(list);
      // what it lists must be there, which comes first
      if (namesNone(needed)) continue;
      const { status, error } = await sendSigned("POST", `/${list}`, { ...needed, nextToken: "bm9uZQ" });
      expect([list, status, error]).toEqual([list, 400, "InvalidPaginationTokenException"]);
    }
    const { filters, nextToken, first } = await firstPage();
    const next = await api.listComponents({ filters, maxResults: 2, nextToken });
    expect(next.componentVersionList?.map(({ arn }) => arn)).not.toContain(first);
    await refused(api.listComponents({ nextToken }), "InvalidPaginationTokenException");
    await refused(api.listImages({ filters, nextToken }), "InvalidPaginationTokenException");
    const changed = `${nextToken.slice(0, -3)}${nextToken.endsWith("AAA") ? "BBB" : "AAA"}`;
    await refused(api.listComponents({ filters, nextToken: changed }), "InvalidPaginationTokenException");
  });

  prove("API-096", async () => {
    for (const { type, make, list } of KINDS) {
      const name = uniqueName("new");
      await make({ name });
      const { found } = await list({ filters: [{ name: "name", values: [name] }] });
      expect([type, found?.map((entry) => entry.name)]).toEqual([type, [name]]);
    }
  });

  test("what is there throughout appears once, while other things come and go", async () => {
    const { filters, nextToken, first } = await firstPage();
    const name = filters[0]?.values[0] ?? "";
    const extra = await makeComponent({ name, semanticVersion: "0.0.1" });
    await api.deleteComponent({ componentBuildVersionArn: extra });
    const rest = await api.listComponents({ filters, nextToken });
    expect([first, ...(rest.componentVersionList ?? []).map(({ arn }) => arn)].sort()).toEqual(
      ["1.0.0", "1.1.0", "1.2.0"].map((version) => expect.stringContaining(`/${version}`)),
    );
    expect(rest.nextToken).toBeUndefined();
  });

  test("a page is full if there is more", async () => {
    const names = [uniqueName("many"), uniqueName("many"), uniqueName("many")];
    for (const name of names) await makeInfrastructure({ name });
    const page = await api.listInfrastructureConfigurations({ filters: [{ name: "name", values: names }], maxResults: 2 });
    expect([page.infrastructureConfigurationSummaryList?.length, typeof page.nextToken]).toEqual([2, "string"]);
  });
});
