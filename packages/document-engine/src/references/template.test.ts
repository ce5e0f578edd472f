import { describe, expect, test } from "@jest/globals";
import { hasReferences, parseTemplate } from "./template.js";

describe("parseTemplate", () => {
  test.each([
    ["a variable", "{{ MyPort }}", { kind: "variable", name: "MyPort" }],
    ["no spaces", "{{my-port_1}}", { kind: "variable", name: "my-port_1" }],
    ["spaces and line ends", "{{ \n MyPort\t}}", { kind: "variable", name: "MyPort" }],
    [
      "an output",
      "{{ build.Get.outputs.stdout }}",
      { kind: "chain", phase: "build", step: "Get", side: "outputs", item: undefined, path: ["stdout"] },
    ],
    [
      "an input of an item",
      "{{ build.Get.inputs[12].path }}",
      { kind: "chain", phase: "build", step: "Get", side: "inputs", item: 12, path: ["path"] },
    ],
    [
      "a path into an input",
      "{{ build.Get.inputs.a.b-c[0][1].d }}",
      { kind: "chain", phase: "build", step: "Get", side: "inputs", item: undefined, path: ["a", "b-c", 0, 1, "d"] },
    ],
    [
      "a phase with dots and spaces",
      "{{ my phase.v1.Get.outputs.x }}",
      { kind: "chain", phase: "my phase.v1", step: "Get", side: "outputs", item: undefined, path: ["x"] },
    ],
    [
      "a step called inputs",
      "{{ build.inputs.inputs.x }}",
      { kind: "chain", phase: "build", step: "inputs", side: "inputs", item: undefined, path: ["x"] },
    ],
    [
      "no output named",
      "{{ build.Get.outputs }}",
      { kind: "chain", phase: "build", step: "Get", side: "outputs", item: undefined, path: [] },
    ],
    ["the value of a loop", "{{ loop.value }}", { kind: "loop", name: undefined, member: "value" }],
    ["the index of a loop", "{{loop.index}}", { kind: "loop", name: undefined, member: "index" }],
    ["the value of a loop by its name", "{{ My-Loop_1.value }}", { kind: "loop", name: "My-Loop_1", member: "value" }],
    ["a parameter store", "{{ aws:ssm:/my/parameter }}", { kind: "store", name: "/my/parameter" }],
    ["a version of a stored value", "{{ aws:ssm:name:3 }}", { kind: "store", name: "name:3" }],
    [
      "a name that a parameter holds",
      "{{ aws:ssm:resolve(my-name) }}",
      { kind: "store-resolve", of: { kind: "variable", name: "my-name" } },
    ],
    ["a name that is stored too", "{{aws:ssm:resolve( aws:ssm:/a/b )}}", { kind: "store-resolve", of: { kind: "store", name: "/a/b" } }],
    ["a stored value without a name", "{{ aws:ssm: }}", { kind: "unreadable" }],
    ["a name that cannot be", "{{ aws:ssm:resolve(a b) }}", { kind: "unreadable" }],
    ["braces for another program", "{{ literal:.ID }}", { kind: "literal", text: "{{ .ID }}" }],
    ["a blank behind the colon", "{{ literal: .ID }}", { kind: "literal", text: "{{ .ID }}" }],
    ["braces that trim", "{{literal:- .ID -}}", { kind: "literal", text: "{{- .ID -}}" }],
    ["braces that touch", "{{literal:.ID}}", { kind: "literal", text: "{{.ID}}" }],
    ["braces over lines", "{{ literal:\n range x\n}}", { kind: "literal", text: "{{\n range x\n}}" }],
    ["a template of another tool", "{{ .ID }}", { kind: "unreadable" }],
    ["nothing", "{{}}", { kind: "unreadable" }],
    ["an index that is not a number", "{{ build.Get.inputs[x].path }}", { kind: "unreadable" }],
    ["a filter", "{{ name | upper }}", { kind: "unreadable" }],
  ])("%s", (_what, text, target) => {
    expect(parseTemplate(text)).toEqual([{ text: text.slice(2, -2).trim(), written: text, ordinal: 0, target }]);
  });

  test("splits a text at its references and loses nothing", () => {
    const text = "a {{ x }}{{y}} b }} {{ z }} {{ open { {";
    const parts = parseTemplate(text);
    expect(parts.map((part) => (typeof part === "string" ? part : part.ordinal))).toEqual(["a ", 0, 1, " b }} ", 2, " {{ open { {"]);
    expect(parts.map((part) => (typeof part === "string" ? part : part.written)).join("")).toBe(text);
  });

  test.each([
    ["", false],
    ["{{ a", false],
    ["}} {{", false],
    ["{{}}", true],
    ["x{{a}}y", true],
  ])("hasReferences(%j) is %j", (text, expected) => {
    expect(hasReferences(text)).toBe(expected);
  });

  // quadratic time would take hours here
  test("a reference of megabytes is rejected without a search", () => {
    const [part] = parseTemplate(`{{ ${"a.b.inputs.".repeat(200_000)}! }}`);
    expect(typeof part === "string" ? part : part?.target).toEqual({ kind: "unreadable" });
  });
});
