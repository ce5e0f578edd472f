import { describe, expect, test } from "@jest/globals";
import { makeInfrastructure } from "./support/make.js";
import { removeImageAfterwards } from "./support/make-image.js";
import { prove } from "./support/prove.js";
import { MESSAGES, refused } from "./support/refused.js";
import { api, arnOf } from "./support/service.js";
import { uniqueName } from "./support/unique-name.js";

const get = async (imageBuildVersionArn: string) => (await api.getImage({ imageBuildVersionArn })).image;

async function disk(given: object = {}) {
  return {
    ...{
      name: uniqueName("disk"),
      semanticVersion: "1.0.0",
      platform: "Windows",
      osVersion: "Microsoft Windows 11",
      clientToken: undefined,
    },
    ...{ infrastructureConfigurationArn: await makeInfrastructure(), uri: "s3://disks/windows-11.iso", ...given },
  };
}

describe("imports of images", () => {
  prove("API-041", async () => {
    const name = uniqueName("vm");
    const task = {
      name,
      semanticVersion: "1.0.0",
      platform: "Linux",
      vmImportTaskId: "import-ami-1234567890",
      clientToken: undefined,
    } as const;
    const { imageArn = "" } = await api.importVmImage({ ...task, tags: { team: "web" } });
    removeImageAfterwards(imageArn);
    expect(imageArn).toBe(await arnOf(`image/${name}/1.0.0/1`));
    expect(await get(imageArn)).toMatchObject({
      ...{ arn: imageArn, name, type: "AMI", platform: "Linux", state: { status: "PENDING" } },
      ...{ buildType: "IMPORT", imageSource: "IMPORTED", tags: { team: "web" } },
    });
    const { imageArn: second = "" } = await api.importVmImage(task);
    expect(removeImageAfterwards(second)).toBe(await arnOf(`image/${name}/1.0.0/2`));
    await refused(
      api.importVmImage({ ...task, platform: "OS/2" as "Linux" }),
      "InvalidParameterValueException",
      MESSAGES.invalidValue("platform"),
    );
  });

  prove("API-040", async () => {
    const request = await disk();
    const { imageBuildVersionArn = "" } = await api.importDiskImage(request);
    removeImageAfterwards(imageBuildVersionArn);
    expect(imageBuildVersionArn).toBe(await arnOf(`image/${request.name}/1.0.0/1`));
    expect(await get(imageBuildVersionArn)).toMatchObject({ platform: "Windows", state: { status: "PENDING" }, buildType: "IMPORT_ISO" });
  });

  test.each([
    ["Linux", { platform: "Linux" }, "InvalidParameterValueException"],
    ["an older Windows", { osVersion: "Microsoft Windows 10" }, "InvalidParameterValueException"],
    ["a file that is no ISO", { uri: "s3://disks/windows-11.img" }, "InvalidParameterValueException"],
    ["a file outside of S3", { uri: "https://example.com/windows-11.iso" }, "InvalidParameterValueException"],
    ["an empty name", { name: "" }, "InvalidParameterValueException"],
  ] as const)("ImportDiskImage refuses %s", async (_, given, error) => {
    await refused(api.importDiskImage(await disk(given)), error);
  });
});
