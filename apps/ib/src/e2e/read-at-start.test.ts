// What a start does not need, it does not read: the packages that are set aside when ib is packed.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { IB } from "./ib.js";

const DIST = join(import.meta.dirname, "..", "..", "dist");
const HOOK = 'process.on("exit", () => console.error("read:" + Object.keys(require("node:module")._cache).join()));';

test("the packed files import nothing but each other, Node, and the agent", () => {
  const files = readdirSync(DIST, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".js"));
  const imports = files.flatMap((file) => {
    const text = readFileSync(join(DIST, file), "utf8");
    return [...text.matchAll(/(?:^|[;}\n])(?:import|export)\b[^;"'()]*?(?:from)?"([^"]+)"/g)].map(([, name = ""]) => name);
  });
  expect(imports).toContain("node:path");
  const own = (name: string) =>
    name.startsWith(".") || name.startsWith("node:") || builtinModules.includes(name) || name.startsWith("@imagewright/agent");
  expect(imports.filter((name) => !own(name))).toEqual([]);
});

test.each<[string, string, readonly string[]]>([
  ["a document in the common form", "    - name: A\n      action: ExecuteBash\n      inputs:\n        commands:\n          - echo a\n", []],
  [
    "a document with an anchor",
    "    - name: A\n      action: ExecuteBash\n      inputs: &anchor\n        commands:\n          - echo a\n",
    ["yaml.cjs"],
  ],
  [
    "a document with a fault",
    "    - name: A\n      action: ExecuteBash\n      inputs:\n        command:\n          - echo a\n",
    ["ajv.cjs"],
  ],
  [
    "a document with a pattern",
    "    - name: A\n      action: ExecuteBash\n      if:\n        patternMatches: a\n        value: a\n      inputs:\n        commands:\n          - echo a\n",
    ["re2js"],
  ],
])("%s", (_, step, expected) =>
  withTemporaryFolder((folder) => {
    const [hook, document] = [join(folder, "hook.cjs"), join(folder, "a.yaml")];
    writeFileSync(hook, HOOK);
    writeFileSync(document, `schemaVersion: 1.0\nphases:\n- name: build\n  steps:\n${step}`);
    const { stderr } = spawnSync(process.execPath, ["--require", hook, IB, "component", "validate", document], { encoding: "utf8" });
    const read = (/^read:(.*)$/m.exec(stderr)?.[1] ?? "").split(",");
    expect(["yaml.cjs", "ajv.cjs", "re2js"].filter((name) => read.some((path) => path.includes(name)))).toEqual(expected);
    return Promise.resolve();
  }),
);
