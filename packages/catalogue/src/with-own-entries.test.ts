import { expect, test } from "@jest/globals";
import { BUILT_IN_CATALOGUE } from "./built-in-catalogue.js";
import { withOwnEntries } from "./with-own-entries.js";

const component = (name: string) => ({ name, semanticVersion: "2.0.0", platform: "Linux", text: "own" }) as const;
const workflow = (name: string, type: "BUILD" | "TEST") => ({ name, semanticVersion: "2.0.0", type, text: "own" }) as const;
const names = (entries: readonly { readonly name: string }[]) => entries.map(({ name }) => name);

test("entries of one's own stand among the others; without any, the catalogue is that of the program", () => {
  expect(withOwnEntries({ components: [], workflows: [] })).toEqual(BUILT_IN_CATALOGUE);
  const { components } = withOwnEntries({ components: [component("own-tool")], workflows: [] });
  expect(names(components)).toEqual([...names(BUILT_IN_CATALOGUE.components), "own-tool"].sort());
});

test("an entry takes the place of one of the same name, however it is written", () => {
  const { components, workflows } = withOwnEntries({
    components: [component("Update Linux"), component("Update Linux")],
    workflows: [workflow("build_image", "BUILD"), workflow("build-image", "TEST"), workflow("test-image", "BUILD")],
  });
  expect(names(components).filter((name) => /^update.linux$/i.test(name))).toEqual(["Update Linux", "Update Linux"]);
  expect(workflows.filter(({ name }) => /^build.image$/.test(name)).map(({ name, type, text }) => `${name} ${type} ${text}`)).toEqual([
    "build-image TEST own",
    "build_image BUILD own",
  ]);
  expect(workflows.filter(({ name }) => name === "test-image").map(({ type, text }) => [type, text === "own"])).toEqual([
    ["TEST", false],
    ["BUILD", true],
  ]);
});
