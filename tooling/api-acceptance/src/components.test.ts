import { paginateListComponentBuildVersions, paginateListComponents } from "@aws-sdk/client-imagebuilder";
import { describe, expect, test } from "@jest/globals";
import { componentDocument } from "./support/documents.js";
import { makeComponent } from "./support/make.js";
import { entries } from "./support/pages.js";
import { prove } from "./support/prove.js";
import { MESSAGES, refused } from "./support/refused.js";
import { removeAfterwards } from "./support/remove-afterwards.js";
import { accountId, api, arnOf } from "./support/service.js";
import { uniqueName } from "./support/unique-name.js";

const get = async (componentBuildVersionArn: string) => (await api.getComponent({ componentBuildVersionArn })).component;
const listed = (name: string, more = {}) =>
  entries(paginateListComponents, { filters: [{ name: "name", values: [name] }], ...more }, "componentVersionList");

describe("components", () => {
  prove("API-003", async () => {
    const name = uniqueName("component");
    const tags = { team: "web" };
    const members = { description: "says hello", changeDescription: "first", supportedOsVersions: ["Debian"], tags };
    const arn = await makeComponent({ name, ...members, data: componentDocument("hello", ["build", "test"]) });
    expect(arn).toBe(await arnOf(`component/${name}/1.0.0/1`));
    expect(await get(arn)).toEqual({
      ...{ arn, name, version: "1.0.0", type: "BUILD", platform: "Linux", owner: await accountId(), ...members },
      ...{ data: componentDocument("hello", ["build", "test"]), encrypted: true, state: { status: "ACTIVE" } },
      ...{ parameters: [], dateCreated: expect.any(String) },
    });
    expect((await get(await makeComponent({ data: componentDocument("hello", ["test"]) })))?.type).toBe("TEST");
  });

  prove("API-022", async () => {
    const name = uniqueName("component");
    const [first, second] = [await makeComponent({ name }), await makeComponent({ name, data: componentDocument("again") })];
    const newer = await makeComponent({ name, semanticVersion: "1.2.0" });
    const base = await arnOf(`component/${name}`);
    const found = ["1.0.0/1", "1.0.0", "1.0.x", "1.x.x", "x.x.x"].map(async (version) => (await get(`${base}/${version}`))?.arn);
    expect(await Promise.all(found)).toEqual([first, second, second, newer, newer]);
  });

  prove("API-042", async () => {
    const name = uniqueName("component");
    const builds = [];
    for (const text of ["one", "two", "three"])
      builds.push(await makeComponent({ name, data: componentDocument(text), changeDescription: text }));
    const componentVersionArn = await arnOf(`component/${name}/1.0.0`);
    const summaries = await entries(paginateListComponentBuildVersions, { componentVersionArn }, "componentSummaryList");
    expect(summaries.map(({ arn }) => arn).sort()).toEqual(builds);
    expect(summaries.map(({ changeDescription }) => changeDescription).sort()).toEqual(["one", "three", "two"]);
    const all = await entries(paginateListComponentBuildVersions, {}, "componentSummaryList", 25);
    expect(all.map(({ arn }) => arn)).toEqual(expect.arrayContaining(builds));
    const wildcard = api.listComponentBuildVersions({ componentVersionArn: await arnOf(`component/${name}/1.0.x`) });
    await refused(wildcard, "InvalidParameterValueException", MESSAGES.invalidValue("componentVersionArn"));
  });

  prove("API-043", async () => {
    const name = uniqueName("component");
    for (const semanticVersion of ["1.0.0", "1.0.1", "2.0.0"]) await makeComponent({ name, semanticVersion });
    await makeComponent({ name, data: componentDocument("again") });
    const versions = await listed(name);
    expect(versions.map(({ version }) => version).sort()).toEqual(["1.0.0", "1.0.1", "2.0.0"]);
    const [{ arn } = {}] = versions.filter(({ version }) => version === "1.0.0");
    expect(arn).toBe(await arnOf(`component/${name}/1.0.0`));
  });

  prove("API-086", async () => {
    const name = uniqueName("component");
    await makeComponent({ name, description: name, supportedOsVersions: ["Debian", "Fedora"] });
    const rows: [string, string][] = [
      ...([
        ["description", name],
        ["platform", "Linux"],
        ["supportedOsVersion", "Fedora"],
      ] as [string, string][]),
      ...([
        ["type", "BUILD"],
        ["version", "1.0.0"],
        ["status", "ACTIVE"],
        ["name", name],
      ] as [string, string][]),
    ];
    for (const [filter, value] of rows) {
      const filters = [{ name: "name", values: [name] }, ...(filter === "name" ? [] : [{ name: filter, values: [value] }])];
      expect([filter, (await listed(name, { filters })).length]).toEqual([filter, 1]);
      const others = [{ name: "name", values: [name] }, ...(filter === "name" ? [] : [{ name: filter, values: ["other"] }])];
      if (filter !== "name") expect([filter, (await listed(name, { filters: others })).length]).toEqual([filter, 0]);
    }
    expect(await listed(name, { filters: [{ name: "productCodes", values: ["none"] }] })).toEqual([]);
    await refused(
      api.listComponents({ filters: [{ name: "owner", values: ["me"] }] }),
      "InvalidParameterValueException",
      MESSAGES.invalidValue("filters"),
    );
  });

  prove("API-012", async () => {
    const arn = await makeComponent();
    const { imageRecipeArn } = await api.createImageRecipe({
      ...{ name: uniqueName("image-recipe"), semanticVersion: "1.0.0", parentImage: "ami-0abcdef1234567890", clientToken: undefined },
      components: [{ componentArn: arn }],
    });
    await refused(api.deleteComponent({ componentBuildVersionArn: arn }), "ResourceDependencyException", MESSAGES.dependedOn(arn));
    await api.deleteImageRecipe({ imageRecipeArn });
    expect(await api.deleteComponent({ componentBuildVersionArn: arn })).toMatchObject({ componentBuildVersionArn: arn });
    await refused(get(arn), "ResourceNotFoundException");
    await refused(api.deleteComponent({ componentBuildVersionArn: arn }), "ResourceNotFoundException");
  });

  prove("API-039", async () => {
    const name = uniqueName("component");
    const script = { name, semanticVersion: "1.0.0", type: "TEST", format: "SHELL", platform: "Linux", clientToken: undefined } as const;
    const { componentBuildVersionArn = "" } = await api.importComponent({ ...script, data: "echo {{ hello }}\n" });
    removeAfterwards(() => api.deleteComponent({ componentBuildVersionArn }));
    const component = await get(componentBuildVersionArn);
    expect(component).toMatchObject({ type: "TEST", platform: "Linux", state: { status: "ACTIVE" } });
    expect(component?.data).toContain("phases");
    await refused(api.importComponent(script), "InvalidParameterCombinationException");
    const other = api.importComponent({ ...script, format: "BATCH" as "SHELL", data: "echo" });
    await refused(other, "InvalidParameterValueException", MESSAGES.invalidValue("format"));
  });

  test.each([
    ["neither data nor uri", { data: undefined }, "InvalidParameterCombinationException"],
    ["both data and uri", { uri: "s3://documents/component.yaml", data: componentDocument() }, "InvalidParameterCombinationException"],
    ["an address that is not of S3", { data: undefined, uri: "https://example.com/component.yaml" }, "InvalidParameterValueException"],
    ["a document that is none", { data: "phases: none" }, "InvalidParameterValueException"],
    ["an action that does not exist", { data: componentDocument().replace("ExecuteBash", "Execute") }, "InvalidParameterValueException"],
    ["no phase that a build runs", { data: componentDocument("hello", ["other"]) }, "InvalidParameterValueException"],
    ["more than 16,000 characters", { data: componentDocument("x".repeat(16_000)) }, "InvalidParameterValueException"],
    ["an unknown platform", { platform: "Solaris" as "Linux" }, "InvalidParameterValueException"],
    ["a name with a slash", { name: "a/b" }, "InvalidParameterValueException"],
    ["an empty description", { description: "" }, "InvalidParameterValueException"],
  ] as const)("CreateComponent refuses %s", async (_, given, error) => {
    const name = uniqueName("component");
    await refused(makeComponent({ name, ...given }), error);
    expect(await listed(name)).toEqual([]);
  });
});
