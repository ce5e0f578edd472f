import { describe, expect, test } from "@jest/globals";
import { componentDocument } from "./support/documents.js";
import { makeComponent, makeContainerRecipe, makeImageRecipe, makeWorkflow } from "./support/make.js";
import { makeImage } from "./support/make-image.js";
import { prove } from "./support/prove.js";
import { refused } from "./support/refused.js";
import { api, arnOf } from "./support/service.js";
import { uniqueName } from "./support/unique-name.js";

const MOST = 1_073_741_823;
const component = (arn: string) => api.getComponent({ componentBuildVersionArn: arn });

describe("versions", () => {
  prove("API-103", async () => {
    const name = uniqueName("versions");
    const arns = {
      component: await makeComponent({ name, semanticVersion: "1.2.3" }),
      "image-recipe": await makeImageRecipe({ name, semanticVersion: "1.2.3" }),
      "container-recipe": await makeContainerRecipe({ name, semanticVersion: "1.2.3" }),
      "workflow/test": await makeWorkflow({ name, semanticVersion: "1.2.3" }),
    };
    const image = await makeImage({ imageRecipeArn: arns["image-recipe"] });
    const answers = {
      component: await component(arns.component),
      "image-recipe": await api.getImageRecipe({ imageRecipeArn: arns["image-recipe"] }),
      "container-recipe": await api.getContainerRecipe({ containerRecipeArn: arns["container-recipe"] }),
      "workflow/test": await api.getWorkflow({ workflowBuildVersionArn: arns["workflow/test"] }),
      image: await api.getImage({ imageBuildVersionArn: image }),
    };
    for (const [type, { latestVersionReferences }] of Object.entries(answers)) {
      const base = await arnOf(`${type}/${name}`);
      expect(latestVersionReferences).toEqual({
        ...{ latestVersionArn: `${base}/x.x.x`, latestMajorVersionArn: `${base}/1.x.x` },
        ...{ latestMinorVersionArn: `${base}/1.2.x`, latestPatchVersionArn: `${base}/1.2.3` },
      });
    }
  });

  prove("API-108", async () => {
    for (const semanticVersion of ["0.0.0", `${MOST}.${MOST}.${MOST}`]) {
      const name = uniqueName("component");
      expect(await makeComponent({ name, semanticVersion })).toBe(await arnOf(`component/${name}/${semanticVersion}/1`));
      expect(await makeComponent({ name, semanticVersion, data: componentDocument("again") })).toMatch(/\/2$/);
    }
  });

  prove("API-109", async () => {
    const name = uniqueName("component");
    for (const semanticVersion of ["1.0.0", "1.9.0", "1.10.0", "2.0.0"]) await makeComponent({ name, semanticVersion });
    const base = await arnOf(`component/${name}`);
    const found = ["x.x.x", "1.x.x", "1.9.x"].map(async (version) => (await component(`${base}/${version}`)).component?.version);
    expect(await Promise.all(found)).toEqual(["2.0.0", "1.10.0", "1.9.0"]);
    for (const version of ["x.2.x", "1.x.8", "x.x.1"]) await refused(component(`${base}/${version}`), "InvalidParameterValueException");
  });

  prove("API-110", async () => {
    const name = uniqueName("recipe");
    const asked = ["x.x.x", "x.x.x", "1.x.x", "1.1.x", "4.x.x", "5.2.x", "x.x.x"];
    for (const make of [makeImageRecipe, makeContainerRecipe]) {
      const given = [];
      for (const semanticVersion of asked) given.push((await make({ name, semanticVersion })).split("/").at(-1));
      expect(given).toEqual(["1.0.0", "2.0.0", "1.1.0", "1.1.1", "4.0.0", "5.2.0", "6.0.0"]);
    }
    await refused(makeComponent({ semanticVersion: "1.x.x" }), "InvalidVersionNumberException");
    await refused(makeWorkflow({ semanticVersion: "x.x.x" }), "InvalidVersionNumberException");
  });

  prove("API-111", async () => {
    const makes = [makeComponent, makeImageRecipe, makeContainerRecipe, makeWorkflow];
    for (const semanticVersion of ["1", "1.0", "1.0.0.0", "1.0.0/1", "v1.0.0", "1.0.-1", `${MOST + 1}.0.0`, "1.0.0-beta", ""]) {
      for (const make of makes) await refused(make({ semanticVersion }), "InvalidVersionNumberException");
    }
  });

  prove("API-112", async () => {
    const name = uniqueName("component");
    const numeric = (version: string) => version.split(".").reduce((sum, part) => sum * 2n ** 30n + BigInt(part), 0n);
    const versions = ["1.0.1073741823", "1.1.0", "0.1073741823.0", "1.0.9"];
    for (const semanticVersion of versions) await makeComponent({ name, semanticVersion });
    const [newest] = [...versions].sort((one, other) => (numeric(one) > numeric(other) ? -1 : 1));
    expect((await component(await arnOf(`component/${name}/x.x.x`))).component?.version).toBe(newest);
  });

  prove("API-113", async () => {
    const name = uniqueName("recipe");
    for (const semanticVersion of ["1.0.0", "1.1.0"]) {
      await makeImageRecipe({ name, semanticVersion });
      await makeContainerRecipe({ name, semanticVersion });
      await makeWorkflow({ name, semanticVersion });
    }
    const image = await api.getImageRecipe({ imageRecipeArn: await arnOf(`image-recipe/${name}/1.x.x`) });
    const container = await api.getContainerRecipe({ containerRecipeArn: await arnOf(`container-recipe/${name}/x.x.x`) });
    const workflow = await api.getWorkflow({ workflowBuildVersionArn: await arnOf(`workflow/test/${name}/1.x.x`) });
    expect([image.imageRecipe?.version, container.containerRecipe?.version, workflow.workflow?.version]).toEqual([
      "1.1.0",
      "1.1.0",
      "1.1.0",
    ]);
  });

  test("a number that the service gave is never given again", async () => {
    const name = uniqueName("recipe");
    await makeImageRecipe({ name, semanticVersion: "x.x.x" });
    await api.deleteImageRecipe({ imageRecipeArn: await arnOf(`image-recipe/${name}/1.0.0`) });
    expect(await makeImageRecipe({ name, semanticVersion: "x.x.x" })).toMatch(/\/2\.0\.0$/);
    const build = await makeComponent({ name });
    await api.deleteComponent({ componentBuildVersionArn: build });
    expect(await makeComponent({ name })).toMatch(/\/1\.0\.0\/2$/);
  });
});
