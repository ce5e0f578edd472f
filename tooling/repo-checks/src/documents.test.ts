import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { standardRegistry as registry } from "@imagewright/action-modules";
import { renderText, SourceFile } from "@imagewright/diagnostics";
import { checkDocument } from "@imagewright/document-engine";
import { readRecipe } from "@imagewright/image-build";
import { ROOT, workspacePackages } from "./workspace.js";

const check = (name: string, text: string) => {
  const source = new SourceFile(name, text);
  return renderText(
    text.includes("semanticVersion:")
      ? readRecipe(source).diagnostics
      : checkDocument(source, { registry, platforms: [name.includes("action-modules-windows") ? "windows" : "linux"] }).diagnostics,
  );
};

const examples = readdirSync(join(ROOT, "examples"), { recursive: true, encoding: "utf8" }).filter((file) => /\.ya?ml$/.test(file));

describe("documented examples", () => {
  // mistakes.yaml contains faults on purpose; tests of `ib` and of the catalogue check the others, which are no component documents
  test.each(examples.filter((file) => !/(mistakes|template|pipeline|workflows\/build|catalogue|build-with-approval)\.yaml$/.test(file)))(
    "examples/%s is valid",
    (file) => {
      expect(check(file, readFileSync(join(ROOT, "examples", file), "utf8"))).toBe("");
    },
  );

  const documented = ["README.md", "packages/image-build/README.md", ...workspacePackages().flatMap(({ folder }) => readmesIn(folder))];
  const blocks = documented.flatMap((file) =>
    [...readFileSync(join(ROOT, file), "utf8").matchAll(/```yaml\n(.*?)```/gs)].map(
      ([, text], index) => [`${file} block ${index + 1}`, text as string] as const,
    ),
  );

  test.each(blocks)("%s is valid", (name, text) => {
    expect(check(name, text.startsWith("- name:") ? stepsAsDocument(text) : text)).toBe("");
  });
});

/** The READMEs of action modules show steps only. */
function stepsAsDocument(steps: string): string {
  return `schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n${steps.replace(/^(?=.)/gm, "      ")}`;
}

function readmesIn(folder: string): string[] {
  if (!existsSync(join(ROOT, folder, "src"))) return [];
  return (
    readdirSync(join(ROOT, folder, "src"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith("README.md"))
      .map((file) => join(folder, "src", file))
      // steps of workflows, which the package's own tests check
      .filter((file) => !file.startsWith("packages/step-actions/"))
  );
}
