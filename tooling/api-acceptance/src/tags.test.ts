import { describe, expect, test } from "@jest/globals";
import { KINDS } from "./support/kinds.js";
import { makeComponent, makeInfrastructure } from "./support/make.js";
import { prove } from "./support/prove.js";
import { refused } from "./support/refused.js";
import { sendSigned } from "./support/signed-request.js";
import { api, arnOf } from "./support/service.js";
import { uniqueName } from "./support/unique-name.js";

const tagsOf = async (resourceArn: string) => (await api.listTagsForResource({ resourceArn })).tags;

describe("tags", () => {
  prove("API-058", async () => {
    for (const { type, make, get } of KINDS) {
      const arn = await make({ tags: { team: "web" } });
      expect([type, await tagsOf(arn), (await get(arn))?.tags]).toEqual([type, { team: "web" }, { team: "web" }]);
    }
    await refused(api.listTagsForResource({ resourceArn: "arn:aws:s3:::bucket" }), "InvalidParameterException");
    await refused(api.listTagsForResource({ resourceArn: await arnOf("component/none/1.0.0/1") }), "ResourceNotFoundException");
  });

  prove("API-072", async () => {
    for (const { type, make, get } of KINDS) {
      const resourceArn = await make({ tags: { team: "web" } });
      expect(await api.tagResource({ resourceArn, tags: { team: "api", "cost center": "7" } })).toMatchObject({
        $metadata: { httpStatusCode: 200 },
      });
      const expected = { team: "api", "cost center": "7" };
      expect([type, await tagsOf(resourceArn), (await get(resourceArn))?.tags]).toEqual([type, expected, expected]);
    }
    await refused(api.tagResource({ resourceArn: await arnOf("image/none/1.0.0/1"), tags: { a: "b" } }), "ResourceNotFoundException");
  });

  prove("API-073", async () => {
    for (const { type, make } of KINDS) {
      const resourceArn = await make({ tags: { team: "web", stage: "test", "cost center": "7" } });
      await api.untagResource({ resourceArn, tagKeys: ["team", "cost center", "absent"] });
      expect([type, await tagsOf(resourceArn)]).toEqual([type, { stage: "test" }]);
    }
    const arn = await makeComponent({ tags: { a: "1", b: "2", c: "3" } });
    const { status } = await sendSigned("DELETE", `/tags/${encodeURIComponent(arn)}?tagKeys=a&tagKeys=b`);
    expect([status, await tagsOf(arn)]).toEqual([200, { c: "3" }]);
  });

  test.each([
    ["a key with the prefix aws:", { "aws:team": "web" }],
    ["an empty key", { "": "web" }],
    ["a key of 129 characters", { ["k".repeat(129)]: "web" }],
    ["a value of 257 characters", { team: "v".repeat(257) }],
    ["51 tags", Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`key${String(index)}`, ""]))],
    ["no tag", {}],
  ])("are refused when there is %s", async (_, tags) => {
    const resourceArn = await makeInfrastructure({ tags: { kept: "yes" } });
    await refused(api.tagResource({ resourceArn, tags }), "InvalidParameterException");
    await refused(makeInfrastructure({ name: uniqueName("infrastructure"), tags }), "InvalidParameterValueException");
    expect(await tagsOf(resourceArn)).toEqual({ kept: "yes" });
  });

  test("a resource has at most 50, also when they come one after the other", async () => {
    const some = (from: number) => Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`key${String(from + index)}`, ""]));
    const resourceArn = await makeInfrastructure({ tags: some(0) });
    await refused(api.tagResource({ resourceArn, tags: some(100) }), "InvalidParameterException");
    expect(Object.keys((await tagsOf(resourceArn)) ?? {})).toHaveLength(30);
  });
});
