import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { coreActions } from "@imagewright/action-modules-core";
import { linuxActions } from "@imagewright/action-modules-linux";
import { windowsActions } from "@imagewright/action-modules-windows";
import { expect, test } from "@jest/globals";
import { referencePage } from "./reference-page.js";

const file = join(import.meta.dirname, "..", "..", "..", "docs", "reference", "action-modules.md");

test("docs/reference/action-modules.md is generated from the code; UPDATE=1 updates it", () => {
  const page = referencePage([...coreActions, ...linuxActions, ...windowsActions]);
  if (process.env["UPDATE"] === "1") {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, page);
  }
  expect(readFileSync(file, "utf8")).toBe(page);
});
