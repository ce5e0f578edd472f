import { expect, test } from "@jest/globals";
import { blockActions, createRegistry, defineAction, defineContract, isRunnable, PLATFORMS, type AnyActionContract } from "./index.js";

const greet = defineAction({
  name: "Greet",
  summary: "Says a name.",
  platforms: ["linux", "darwin"],
  input: {
    shape: "single",
    schema: { type: "object", properties: { who: { type: "string" } }, required: ["who"], additionalProperties: false },
  },
  effects: "files",
  outputs: { greeting: "What was said." },
  // the input's type comes from the schema: this line would not compile for a name that is not in it
  run: async (input) => ({ status: "succeeded", outputs: { greeting: `hello ${input.who}` } }),
});

const greetOnWindows = defineContract({
  name: "Greet",
  summary: "Says several names.",
  platforms: ["windows"],
  input: {
    shape: "single",
    schema: {
      type: "object",
      properties: {
        names: { type: ["string", "array"], items: { type: "string" } },
        titles: { type: "object", additionalProperties: { type: "string" } },
      },
      required: ["names"],
      additionalProperties: false,
    },
  },
  effects: "files",
  outputs: {},
  check: ({ names, titles }) => (names.length === Object.keys(titles ?? {}).length ? [] : [{ path: [], message: "a title for each" }]),
});

test("a registry finds modules by name and platform, and lists the names in order", () => {
  const registry = createRegistry([greet], [{ ...greet, name: "Another" }], [greetOnWindows]);
  expect(registry.names).toEqual(["Another", "Greet"]);
  expect(PLATFORMS.map((platform) => registry.get("Greet", platform))).toEqual([greet, greet, greetOnWindows]);
  expect(registry.get("Another", "windows")).toBeUndefined();
  expect(registry.get("greet", "linux")).toBeUndefined();
  expect(registry.get("constructor", "linux")).toBeUndefined();
  expect(["Greet", "Another", "constructor"].map((name) => registry.platformsOf(name))).toEqual([
    ["linux", "darwin", "windows"],
    ["linux", "darwin"],
    [],
  ]);
});

test("isRunnable distinguishes contracts from modules", () => {
  const actions: readonly AnyActionContract[] = [greet, greetOnWindows];
  expect(actions.map((action) => isRunnable(action))).toEqual([true, false]);
});

test("two modules of one name on one platform are refused", () => {
  expect(() => createRegistry([greet], [greetOnWindows], [{ ...greet, platforms: ["darwin"] }])).toThrow(
    "two action modules are named Greet on macOS",
  );
});

test("a registry in which modules are blocked is otherwise the same", () => {
  const blocked = blockActions(blockActions(createRegistry([greet]), ["Greet"]), ["Another"]);
  expect(blocked.blocked).toEqual(["Greet", "Another"]);
  expect(blocked.get("Greet", "linux")).toBe(greet);
  expect(createRegistry([]).blocked).toBeUndefined();
});
