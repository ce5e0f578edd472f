import { expect, test } from "@jest/globals";
import { ARN, documentWith, Scene } from "../../testing/scene.js";

const scene = new Scene();
const resourceArn = `${ARN}component/tagged/1.0.0/1`;

test("tags are added, replaced, removed and listed", async () => {
  const component = { name: "tagged", semanticVersion: "1.0.0", platform: "Linux", data: documentWith("true") };
  await scene.call("CreateComponent", component);
  const list = async () => (await scene.call("ListTagsForResource", { resourceArn })).tags;
  expect(await list()).toEqual({});
  expect(await scene.call("TagResource", { resourceArn, tags: { a: "1", b: "2" } })).toEqual({});
  expect(await scene.call("TagResource", { resourceArn, tags: { b: "3", "c d": "" } })).toEqual({});
  expect(await list()).toEqual({ a: "1", b: "3", "c d": "" });
  expect(await scene.call("UntagResource", { resourceArn, tagKeys: ["a", "missing"] })).toEqual({});
  expect(await list()).toEqual({ b: "3", "c d": "" });
});

const invalid = (parameter: string, reason: string) =>
  `InvalidParameterException: The value supplied for parameter '${parameter}' is not valid. ${reason}.`;
const many = Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`key-${index}`, ""]));

test.each([
  ["too many tags", "TagResource", { resourceArn, tags: many }, invalid("tags", "the resource would have 51 tags; allowed: at most 50")],
  [
    "a version",
    "TagResource",
    { resourceArn: resourceArn.slice(0, -2), tags: { a: "" } },
    invalid("resourceArn", `it fits several builds or versions; allowed: the ARN of one, such as ${resourceArn}`),
  ],
  [
    "a wildcard",
    "ListTagsForResource",
    { resourceArn: `${ARN}component/tagged/x.x.x` },
    invalid("resourceArn", `it fits several builds or versions; allowed: the ARN of one, such as ${resourceArn}`),
  ],
  [
    "a missing resource",
    "UntagResource",
    { resourceArn: `${ARN}image-pipeline/none`, tagKeys: ["a"] },
    `ResourceNotFoundException: Resource of type 'ImagePipeline' with identifier '${ARN}image-pipeline/none' cannot be found.`,
  ],
  [
    "a missing workflow",
    "TagResource",
    { resourceArn: `${ARN}workflow/build/none/1.0.0/1`, tags: { a: "" } },
    `ResourceNotFoundException: Resource of type 'Workflow' with identifier '${ARN}workflow/build/none/1.0.0/1' cannot be found.`,
  ],
] as const)("%s is refused", async (_, operation, input, expected) => {
  expect(await scene.refused(operation, input)).toBe(expected);
});

test("a reserved key is refused by its shape", async () => {
  expect(await scene.refused("TagResource", { resourceArn, tags: { "aws:a": "" } })).toMatch(
    /^InvalidParameterException: The value supplied for parameter 'tags/,
  );
});
