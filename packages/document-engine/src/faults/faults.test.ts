import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { renderText, SourceFile } from "@imagewright/diagnostics";
import { checkDocument } from "../check/check-document.js";
import { testRegistry } from "../testing/test-actions.js";

// each NAME.yaml here has a NAME.out with the diagnostics of checkDocument. UPDATE=1 rewrites the .out files; review the difference
const folder = dirname(fileURLToPath(import.meta.url));
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => name.slice(0, -".yaml".length));

describe("the faults of a document, as printed", () => {
  test.each(names)("%s", (name) => {
    const source = new SourceFile(`${name}.yaml`, readFileSync(join(folder, `${name}.yaml`), "utf8"));
    const shown = renderText(checkDocument(source, { registry: testRegistry, platforms: ["linux"] }).diagnostics);
    const file = join(folder, `${name}.out`);
    if (process.env["UPDATE"] === "1") writeFileSync(file, shown);
    expect(shown).toBe(readFileSync(file, "utf8"));
  });

  test("each .out file has its document", () => {
    const outs = readdirSync(folder).filter((name) => name.endsWith(".out"));
    expect(outs.sort()).toEqual(names.map((name) => `${name}.out`).sort());
  });
});
