import { expect, test } from "@jest/globals";
import { createRegistry, defineAction } from "./index.js";

const greet = defineAction({
  name: "Greet",
  summary: "Says a name.",
  platforms: ["linux"],
  input: {
    shape: "single",
    schema: { type: "object", properties: { who: { type: "string" } }, required: ["who"], additionalProperties: false },
  },
  effects: "files",
  outputs: { greeting: "What was said." },
  // the input's type comes from the schema: this line would not compile for a name that is not in it
  run: async (input) => ({ status: "succeeded", outputs: { greeting: `hello ${input.who}` } }),
});

test("a registry finds modules by name and lists the names in order", async () => {
  const registry = createRegistry([greet], [{ ...greet, name: "Another" }]);
  expect(registry.names).toEqual(["Another", "Greet"]);
  expect(registry.get("Greet")).toBe(greet);
  expect(registry.get("greet")).toBeUndefined();
  expect(registry.get("constructor")).toBeUndefined();
});

test("two modules of one name are refused", () => {
  expect(() => createRegistry([greet], [greet])).toThrow("two action modules are called Greet");
});
