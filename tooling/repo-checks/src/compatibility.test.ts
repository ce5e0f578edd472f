import { readFileSync } from "node:fs";
import { join } from "node:path";
import { coreActions } from "@imagewright/action-modules-core";
import { linuxActions } from "@imagewright/action-modules-linux";
import { expect, test } from "@jest/globals";
import { ROOT } from "./workspace.js";

const rows = [...readFileSync(join(ROOT, "docs", "compatibility.md"), "utf8").matchAll(/^\| (\w+) \| `([\w-]+)` \| (.+) \|$/gm)].map(([, module, input]) => `${module}.${input}`);

test("docs/compatibility.md sets every input of every action module against the guide, each once", () => {
  // the inputs of Assert are operators, which have a table of their own
  const inputs = [...coreActions, ...linuxActions].filter(({ name }) => name !== "Assert").flatMap(({ name, input }) => Object.keys(input.schema.properties).map((key) => `${name}.${key}`));
  expect(rows.sort()).toEqual(inputs.sort());
});
