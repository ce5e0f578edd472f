import { readFileSync } from "node:fs";
import { join } from "node:path";
import { coreActions } from "@imagewright/action-modules-core";
import { linuxActions } from "@imagewright/action-modules-linux";
import { windowsActions } from "@imagewright/action-modules-windows";
import { OPERATOR_NAMES } from "@imagewright/conditions";
import { expect, test } from "@jest/globals";
import { titleOf } from "./reference-page.js";
import { ROOT } from "./workspace.js";

const rows = [
  ...readFileSync(join(ROOT, "docs", "compatibility.md"), "utf8").matchAll(/^\| (\w+(?: on \w+)?) \| ((?:`[\w-]+`(?:, )?)+) \| .+ \|$/gm),
].flatMap(([, module, inputs]) => [...(inputs ?? "").matchAll(/[\w-]+/g)].map((input) => `${module}.${input}`));

test("docs/compatibility.md compares every input of every action module with the guide, each once", () => {
  const actions = [...coreActions, ...linuxActions, ...windowsActions];
  const inputs = actions.flatMap((action) => {
    const { schema } = action.input;
    // any key is allowed only for the operators of a condition
    const keys = schema.additionalProperties ? OPERATOR_NAMES : Object.keys(schema.properties);
    return keys.map((key) => `${titleOf(action, actions)}.${key}`);
  });
  expect(rows.sort()).toEqual(inputs.sort());
});
