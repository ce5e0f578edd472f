import { expect, test } from "@jest/globals";
import { blockActions, createRegistry, type ActionRegistry, type Platform } from "@imagewright/action-contract";
import { SourceFile } from "@imagewright/diagnostics";
import { withSteps } from "../testing/run-yaml.js";
import { testRegistry } from "../testing/test-actions.js";
import { checkDocument } from "./check-document.js";

const registry: ActionRegistry = { ...testRegistry, foreign: [{ name: "Shell", platforms: ["windows"], instead: { linux: "Echo" } }] };

function check(platforms: readonly Platform[], step: string, known = registry): string[] {
  return checkDocument(new SourceFile("a.yaml", withSteps(step)), { registry: known, platforms }).diagnostics.map(
    ({ severity, message, help }) => `${severity}: ${message}${help === undefined ? "" : ` (${help})`}`,
  );
}

test.each<[readonly Platform[], string[]]>([
  [["linux"], ["error: Shell does not run on Linux; it runs on Windows (use Echo)"]],
  [["darwin", "windows"], ["error: Shell does not run on macOS; it runs on Windows"]],
  [["windows"], ["warning: the inputs of Shell are not checked: this program has no modules for Windows alone"]],
])("a module that is not here, since it runs elsewhere, is named with what to use instead: on %s", (platforms, said) => {
  expect(check(platforms, "{ name: A, action: Shell, inputs: { anything: [goes] } }")).toEqual(said);
});

test("its name counts when one is misspelt", () => {
  expect(check(["linux"], "{ name: A, action: Shel }")).toEqual([expect.stringContaining('did you mean "Shell"?')]);
});

test("a blocked module may not be used", () => {
  expect(check(["linux"], "{ name: A, action: Nap }", { ...registry, ...blockActions(registry, ["Nap"]) })).toEqual([
    "error: Nap is blocked in this run",
  ]);
  expect(createRegistry([]).blocked).toBeUndefined();
});
