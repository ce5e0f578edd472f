import { expect, test } from "@jest/globals";
import { CALLER, Scene, documentWith } from "../testing/scene.js";

const scene = new Scene();
const create = (name: string, more: object = {}) =>
  scene.call("CreateComponent", { name, semanticVersion: "1.0.0", platform: "Linux", data: documentWith("true"), ...more });

/** All pages, and the names on each. */
async function pages(input: object): Promise<string[][]> {
  const found: string[][] = [];
  for (let nextToken: string | undefined; ;) {
    const page = await scene.call("ListComponents", { ...input, ...(nextToken === undefined ? {} : { nextToken }) });
    found.push((page.componentVersionList ?? []).map(({ name = "", version = "" }) => `${name} ${version}`));
    nextToken = page.nextToken;
    if (nextToken === undefined) return found;
  }
}

test("pages are in the order of name and version, and have at most 25 entries", async () => {
  const names = Array.from({ length: 27 }, (_, index) => `page-${String(index).padStart(2, "0")}`);
  for (const name of [...names].reverse()) await create(name);
  expect(await pages({})).toEqual([names.slice(0, 25), names.slice(25)].map((some) => some.map((name) => `${name} 1.0.0`)));
  expect((await pages({ maxResults: 10 })).map(({ length }) => length)).toEqual([10, 10, 7]);
  expect((await pages({ maxResults: 9 })).map(({ length }) => length)).toEqual([9, 9, 9]);
});

test("what is there throughout appears once, whatever is created and deleted meanwhile", async () => {
  const { componentVersionList, nextToken } = await scene.call("ListComponents", { maxResults: 10 });
  await create("page-00a");
  await create("page-20a");
  await scene.call("DeleteComponent", { componentBuildVersionArn: `${componentVersionList?.[9]?.arn ?? ""}/1` });
  const rest = await scene.call("ListComponents", { maxResults: 25, nextToken });
  expect(rest.componentVersionList?.map(({ name }) => name)).toEqual([
    ...Array.from({ length: 11 }, (_, index) => `page-${index + 10}`),
    "page-20a",
    ...Array.from({ length: 6 }, (_, index) => `page-${index + 21}`),
  ]);
});

test("a token is for one account, Region, operation and request", async () => {
  const { nextToken } = await scene.call("ListComponents", { maxResults: 1 });
  const other =
    "InvalidPaginationTokenException: The value supplied for parameter 'nextToken' is not valid. the token of the next page is not valid: it was given for another request.";
  expect(await scene.refused("ListComponents", { nextToken }, { account: "210987654321" })).toBe(other);
  expect(await scene.refused("ListComponents", { nextToken }, { region: "us-east-1" })).toBe(other);
  expect(await scene.refused("ListComponents", { nextToken, owner: "Self" })).toBe(other);
  expect(await scene.refused("ListComponentBuildVersions", { nextToken })).toBe(other);
  const second = await scene.open();
  expect(await second.call("ListComponents", { nextToken, maxResults: 1 }, CALLER)).toMatchObject({
    nextToken: expect.any(String) as unknown as string,
  });
});

test.each([
  [[{ name: "name", values: ["filtered", "Filtered"] }], []],
  [[{ name: "name", values: ["Filtered One"] }], ["Filtered One 1.0.0", "Filtered One 2.0.0"]],
  [[{ name: "version", values: ["2.0.0"] }], ["Filtered One 2.0.0"]],
  [[{ name: "type", values: ["TEST"] }], ["Filtered One 2.0.0"]],
  [[{ name: "description", values: ["a", "b"] }], ["Filtered One 1.0.0", "Filtered One 2.0.0"]],
  [
    [
      { name: "description", values: ["a"] },
      { name: "platform", values: ["Linux"] },
    ],
    ["Filtered One 1.0.0"],
  ],
  [[{ name: "platform", values: ["linux"] }], []],
  [[{ name: "supportedOsVersion", values: ["Debian 12"] }], ["Filtered One 1.0.0"]],
  [[{ name: "status", values: ["DEPRECATED"] }], []],
])("filters %j", async (filters, expected) => {
  if (expected.length === 0 && filters[0]?.values[0] === "filtered") {
    await create("Filtered One", { description: "a", supportedOsVersions: ["Debian 12", "Debian 13"] });
    await create("Filtered One", { description: "b", semanticVersion: "2.0.0", data: documentWith("true", ["test"]) });
  }
  expect((await pages({ filters })).flat()).toEqual(expected);
});

test("nothing is shared, and owners have what is theirs", async () => {
  const lists = [];
  for (const owner of ["Shared", "Amazon", "ThirdParty", "AWSMarketplace"]) lists.push(await pages({ owner }));
  expect(lists).toEqual([[[]], [[]], [[]], [[]]]);
});
