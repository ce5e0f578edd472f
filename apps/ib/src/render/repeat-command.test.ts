import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { standardRegistry } from "@imagewright/action-modules";
import type { FailedStep } from "@imagewright/component-runner";
import { renderText } from "@imagewright/diagnostics";
import { planBuild } from "@imagewright/image-build";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { repeatCommand } from "./repeat-command.js";

const DOCUMENT = `schemaVersion: 1.0
parameters: [{ Name: { type: string, default: d } }]
phases: [{ name: build, steps: [{ name: S, action: ExecuteBash, inputs: { commands: ["true"] } }] }]
`;
const RUNS_OTHER = DOCUMENT.replace(/action.*inputs: /, "action: ExecuteDocument, inputs: ").replace(
  '{ commands: ["true"] }',
  "{ document: one.yaml }",
);

/** The command if the components of this list have been built and those of `failed` have failed. */
function repeat(components: string, { failed = ["two.yaml"], head = "" } = {}): Promise<string | undefined> {
  return withTemporaryFolder(async (folder) => {
    await mkdir(join(folder, "recipes"));
    for (const [name, text] of Object.entries({ "one.yaml": DOCUMENT, "two.yaml": DOCUMENT, "runs-other.yaml": RUNS_OTHER }))
      await writeFile(join(folder, "recipes", name), text);
    await writeFile(
      join(folder, "recipes", "recipe.yaml"),
      `name: web\nsemanticVersion: 1.0.0\nparentImage: p\n${head}components: ${components}\n`,
    );
    const { plan, diagnostics } = await planBuild(join(folder, "recipes", "recipe.yaml"), standardRegistry);
    if (plan === undefined) throw new Error(renderText(diagnostics));
    const steps = failed.map((document) => ({ document: join(folder, "recipes", document), phase: "build" }) as FailedStep);
    return repeatCommand(plan, { stage: "build", failedSteps: steps }, undefined)?.replaceAll(`${folder}/`, "");
  });
}

const given = (document: string, value?: string) =>
  `{ document: ${document}${value === undefined ? "" : `, parameters: [{ name: Name, value: ${JSON.stringify(value)} }]`} }`;

test.each([
  [
    "includes the components before the failed one",
    `[${given("one.yaml")}, ${given("two.yaml")}, ${given("one.yaml", "x")}]`,
    "recipes/one.yaml recipes/two.yaml --in p --phases build,validate",
  ],
  [
    "a value given to all",
    `[${given("one.yaml", "x y")}, ${given("two.yaml", "x y")}]`,
    "recipes/one.yaml recipes/two.yaml --in p --phases build,validate --parameter 'Name=x y'",
  ],
  ["different values", `[${given("one.yaml", "x")}, ${given("two.yaml", "y")}]`, undefined],
  ["a value and a default", `[${given("one.yaml")}, ${given("two.yaml", "y")}]`, undefined],
  ["a value of several lines", `[${given("two.yaml", "a\nb")}]`, undefined],
  ["an empty value", `[${given("two.yaml", "")}]`, undefined],
  ["a long value", `[${given("two.yaml", "a".repeat(500))}]`, undefined],
])("%s", async (_what, components, command) => {
  expect(await repeat(components)).toBe(command === undefined ? undefined : `ib component run ${command}`);
});

test("there is no command if component run would use another working directory, or another folder for nested documents", async () => {
  expect(await repeat(`[${given("two.yaml")}]`, { head: "workingDirectory: /work\n" })).toBeUndefined();
  expect(await repeat(`[${given("runs-other.yaml")}]`, { failed: ["runs-other.yaml"] })).toBeUndefined();
});

test("a path that begins with a dash is no flag", () =>
  withTemporaryFolder(async (folder) => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      await writeFile("-x.yaml", DOCUMENT);
      await writeFile("-recipe.yaml", "name: web\nsemanticVersion: 1.0.0\nparentImage: p\ncomponents: [{ document: -x.yaml }]\n");
      const { plan } = await planBuild("-recipe.yaml", standardRegistry);
      const failedSteps = [{ document: "-x.yaml", phase: "build" } as FailedStep];
      const command = plan && repeatCommand(plan, { stage: "build", failedSteps }, undefined);
      expect(command).toBe("ib component run ./-x.yaml --in p --phases build,validate");
    } finally {
      process.chdir(before);
    }
  }));
