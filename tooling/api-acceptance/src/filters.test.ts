import type { Filter, Ownership } from "@aws-sdk/client-imagebuilder";
import { describe, expect } from "@jest/globals";
import { makeComponent, makeImageRecipe } from "./support/make.js";
import { makeImage } from "./support/make-image.js";
import { prove } from "./support/prove.js";
import { refused } from "./support/refused.js";
import { api } from "./support/service.js";
import { uniqueName } from "./support/unique-name.js";

const versionsOf = async (filters: Filter[]) => {
  const { componentVersionList = [] } = await api.listComponents({ filters });
  return componentVersionList.map(({ version }) => version).sort();
};

async function threeVersions(): Promise<string> {
  const name = uniqueName("component");
  for (const semanticVersion of ["1.0.0", "1.1.0", "2.0.0"]) await makeComponent({ name, semanticVersion, description: name });
  return name;
}

describe("filters of lists", () => {
  prove("API-083", async () => {
    const name = await threeVersions();
    const many = (count: number) => Array.from({ length: count }, () => ({ name: "name", values: [name] }));
    const values = (count: number) => [{ name: "version", values: Array.from({ length: count }, (_, index) => `1.${String(index)}.0`) }];
    expect(await versionsOf(many(10))).toHaveLength(3);
    expect(await versionsOf([...many(1), ...values(10)])).toEqual(["1.0.0", "1.1.0"]);
    const wrong = [[], many(11), values(0), values(11), [{ name: "na-me", values: ["x"] }], [{ name: "name", values: ["naïve"] }]];
    for (const filters of [...wrong, [{ name: "name", values: [""] }]])
      await refused(api.listComponents({ filters }), "InvalidParameterValueException");
    await refused(api.listComponents({ filters: [{ name: "Name", values: [name] }] }), "InvalidParameterValueException");
    expect(await versionsOf([{ name: "name", values: [name.toUpperCase()] }])).toEqual([]);
  });

  prove("API-084", async () => {
    const name = await threeVersions();
    const named = { name: "name", values: [name, "other"] };
    expect(await versionsOf([named, { name: "version", values: ["1.0.0", "2.0.0"] }])).toEqual(["1.0.0", "2.0.0"]);
    expect(await versionsOf([named, { name: "version", values: ["1.0.0"] }, { name: "description", values: ["other"] }])).toEqual([]);
  });

  prove("API-094", async () => {
    const name = await threeVersions();
    const filters = [{ name: "name", values: [name] }];
    const { componentVersionList = [] } = await api.listComponents({ filters, byName: true });
    expect(componentVersionList.map((entry) => entry.name)).toEqual([name]);
    const both = [...filters, { name: "version", values: ["1.0.0"] }];
    await refused(api.listComponents({ filters: both, byName: true }), "InvalidRequestException", /version.+byName/);
    await refused(api.listImages({ filters: both, byName: true }), "InvalidRequestException", /version.+byName/);
    await refused(api.listWorkflows({ filters: both, byName: true }), "InvalidRequestException", /version.+byName/);
    for (const semanticVersion of ["1.0.0", "1.1.0"]) await makeImage({ imageRecipeArn: await makeImageRecipe({ name, semanticVersion }) });
    expect((await api.listImages({ filters, byName: true })).imageVersionList?.map((entry) => entry.name)).toEqual([name]);
  });

  prove("API-095", async () => {
    const name = await threeVersions();
    const filters = [{ name: "name", values: [name] }];
    const counts = (["Self", "Shared", "Amazon", "ThirdParty", "AWSMarketplace"] as const).map(
      async (owner) => (await api.listComponents({ owner, filters })).componentVersionList?.length,
    );
    expect(await Promise.all(counts)).toEqual([3, 0, 0, 0, 0]);
    const { componentVersionList = [] } = await api.listComponents({ owner: "Amazon", byName: true });
    expect(componentVersionList.map((entry) => entry.name)).toContain("update-linux");
    expect(await versionsOf(filters)).toHaveLength(3);
    for (const call of [api.listComponents({ owner: "self" as Ownership }), api.listImages({ owner: "Me" as Ownership })])
      await refused(call, "InvalidParameterValueException");
  });
});
