import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { ib } from "./ib.js";

const COMPONENT =
  "schemaVersion: 1.0\nphases: [{ name: build, steps: [{ name: S, action: ExecuteBash, inputs: { commands: ['true'] } }] }]\n";
const HEAD = "name: web\nsemanticVersion: 1.0.0\nparentImage: p\ncomponents: [{ document: c.yaml }]\n";

/** What `ib build` says of a recipe with these workflows; nothing is made. */
async function build(workflows: string, files: Readonly<Record<string, string>> = {}) {
  return withTemporaryFolder(async (folder) => {
    const all = { "c.yaml": COMPONENT, "recipe.yaml": `${HEAD}workflows: ${workflows}\n`, ...files };
    for (const [name, text] of Object.entries(all)) await writeFile(join(folder, name), text);
    const { code, stdout, stderr } = await ib(["build", "recipe.yaml"], { folder });
    expect([existsSync(join(folder, "home", "builds")), stdout]).toEqual([false, ""]);
    return { code, lines: stderr.split("\n").filter((line) => /^[^ ]+:\d+:\d+: |^ {2}help: |^\d+ error/.test(line)) };
  });
}

test("the faults of its workflow documents are reported before anything is made, as those of its components", async () => {
  const steps = [
    "{ name: Launch, action: LaunchInstance, inputs: { waitFor: agent } }",
    "{ name: Wait, action: WaitForAction, inputs: { payload.$: $.stepOutputs.Lunch.instanceId } }",
  ];
  const flow = `schemaVersion: 1.0\nsteps:\n${steps.map((step) => `  - ${step}\n`).join("")}`;
  expect(await build("[{ document: w.yaml, type: TEST }]", { "w.yaml": flow })).toEqual({
    code: 1,
    lines: [
      'w.yaml:3:64: "waitFor" must be "ssmAgent"; found "agent" [value-not-allowed]',
      'w.yaml:4:63: unknown step "Lunch"; allowed: "Launch"; did you mean "Launch"? [unknown-reference]',
      "2 errors",
    ],
  });
});
