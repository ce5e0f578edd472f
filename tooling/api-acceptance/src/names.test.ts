import { describe, expect } from "@jest/globals";
import { KINDS, NAMED_KINDS } from "./support/kinds.js";
import { removeImageAfterwards } from "./support/make-image.js";
import { prove } from "./support/prove.js";
import { MESSAGES, refused } from "./support/refused.js";
import { accountId, api, arnOf, region } from "./support/service.js";
import { uniqueName } from "./support/unique-name.js";

describe("names and ARNs", () => {
  prove("API-104", async () => {
    for (const { type, make, get } of NAMED_KINDS) {
      const unique = uniqueName("name");
      for (const name of [`${unique} of_many-Words`, unique.padEnd(128, "x")])
        expect([type, (await get(await make({ name })))?.name]).toEqual([type, name]);
      for (const name of ["", "ab", " abc", "abc ", "a/b/c", "naïve", "x".repeat(129)])
        await refused(make({ name }), "InvalidParameterValueException", MESSAGES.invalidValue("name"));
    }
    const name = `${uniqueName("vm")} of_Many`;
    const task = { name, semanticVersion: "1.0.0", platform: "Linux" as const, vmImportTaskId: "import-ami-1", clientToken: undefined };
    const { imageArn = "" } = await api.importVmImage(task);
    expect((await api.getImage({ imageBuildVersionArn: removeImageAfterwards(imageArn) })).image?.name).toBe(name);
    for (const wrong of ["web: 1", "x".repeat(1025)])
      await refused(api.importVmImage({ ...task, name: wrong }), "InvalidParameterValueException", MESSAGES.invalidValue("name"));
  });

  prove("API-105", async () => {
    for (const { type, suffix, title, make } of NAMED_KINDS) {
      const slug = uniqueName("one-and-only");
      const arn = await make({ name: slug.replace("one-and-only", "One And_Only") });
      expect(arn).toBe(await arnOf(`${type}/${slug}${suffix}`));
      const error = suffix === "/1.0.0/1" ? "InvalidRequestException" : "ResourceAlreadyExistsException";
      await refused(make({ name: slug.replace("one-and-only", "ONE-and only") }), error, MESSAGES.exists(title, arn));
    }
  });

  prove("API-106", async () => {
    const account = await accountId();
    expect(account).toMatch(/^[0-9]{12}$/);
    for (const { type, make, get } of KINDS) {
      const arn = await make();
      expect(arn.split("/")[0]).toBe(`arn:aws:imagebuilder:${region}:${account}:${type.split("/")[0] ?? ""}`);
      expect((await get(arn))?.arn).toBe(arn);
      const other = arn.replace(`:${region}:`, region === "eu-west-3" ? ":eu-west-2:" : ":eu-west-3:");
      await refused(get(other), "ResourceNotFoundException");
    }
  });

  prove("API-107", async () => {
    for (const { type, suffix, make, get } of KINDS) {
      const name = uniqueName("levels");
      const arn = await make({ name });
      expect(arn).toBe(await arnOf(`${type}/${name}${suffix}`));
      const wrong = suffix === "" ? `${arn}/1.0.0` : suffix === "/1.0.0" ? `${arn}/1` : `${arn}/1`;
      await refused(get(wrong), "InvalidParameterValueException");
    }
  });
});

describe("names that stay", () => {
  prove("API-115", async () => {
    for (const { type, suffix, make, get, remove } of NAMED_KINDS.filter((kind) => kind.suffix === "")) {
      const name = uniqueName("stays");
      const arn = await make({ name });
      await refused(make({ name }), "ResourceAlreadyExistsException");
      await remove(arn);
      expect([type, await make({ name })]).toEqual([type, `${arn}${suffix}`]);
      expect((await get(arn))?.name).toBe(name);
    }
    for (const update of [
      "UpdateInfrastructureConfiguration",
      "UpdateDistributionConfiguration",
      "UpdateImagePipeline",
      "UpdateLifecyclePolicy",
    ]) {
      const { sendSigned } = await import("./support/signed-request.js");
      const { status, body } = await sendSigned("PUT", `/${update}`, { name: "other" });
      expect([update, status, String(body["message"]).includes("name")]).toEqual([update, 400, true]);
    }
  });

  prove("API-114", async () => {
    const sdk = await import("@aws-sdk/client-imagebuilder");
    const updates = Object.keys(sdk).filter((name) => /^Update.+Command$/.test(name));
    expect(updates.sort()).toEqual(
      ["DistributionConfiguration", "ImagePipeline", "InfrastructureConfiguration", "LifecyclePolicy"].map(
        (type) => `Update${type}Command`,
      ),
    );
    for (const { suffix, make, get } of NAMED_KINDS.filter((kind) => kind.suffix !== "")) {
      const arn = await make();
      const before = await get(arn);
      await api.tagResource({ resourceArn: arn, tags: { later: "yes" } });
      expect([suffix, await get(arn)]).toEqual([suffix, { ...before, tags: { later: "yes" } }]);
    }
  });
});
