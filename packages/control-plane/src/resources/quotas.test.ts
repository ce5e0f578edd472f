import { expect, test } from "@jest/globals";
import { ARN, documentWith, Scene } from "../testing/scene.js";

const scene = new Scene({ resources: { component: 2 } });
const create = (name: string, caller = {}) =>
  scene.refused("CreateComponent", { name, semanticVersion: "1.0.0", platform: "Linux", data: documentWith("true") }, caller);

test("a quota of resources is exact, also at the same time, for an account and Region, and has room after a deletion", async () => {
  const answers = await Promise.all(["abc", "def", "ghi", "jkl"].map((name) => create(name)));
  const exceeded = "ServiceQuotaExceededException: The quota of 2 resources of the kind 'component' would be exceeded.";
  expect(answers.filter((answer) => answer === exceeded)).toHaveLength(2);
  expect(await create("mno", { region: "us-east-1" })).toMatch(/^no error/);
  expect(await create("mno", { account: "210987654321" })).toMatch(/^no error/);
  const [first] = (await scene.call("ListComponents", {})).componentVersionList ?? [];
  expect(first?.arn).toMatch(new RegExp(`^${ARN}component/`));
  await scene.call("DeleteComponent", { componentBuildVersionArn: `${first?.arn ?? ""}/1` });
  expect(await create("mno")).toMatch(/^no error/);
  expect(await create("pqr")).toBe(exceeded);
});
