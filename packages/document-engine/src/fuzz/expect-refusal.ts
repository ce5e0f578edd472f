import type { ActionRegistry } from "@imagewright/action-contract";
import { createRegistry } from "@imagewright/action-contract";
import { SourceFile } from "@imagewright/diagnostics";
import { expect } from "@jest/globals";
import { runYaml, stepsOf, withSteps } from "../testing/run-yaml.js";
import { testActions } from "../testing/test-actions.js";

/** Runs an invalid document inside another one, as ExecuteDocument does, and expects that none of its steps starts. */
export async function expectRefusal(text: string, registry: ActionRegistry): Promise<void> {
  const outer = createRegistry(testActions("Nested"));
  const registryOf = (name: string) => (name === "Nested" ? outer : registry);
  const { result, events } = await runYaml(withSteps("{ name: Outer, action: Nested, inputs: { document: inner.yaml } }"), {
    registry: {
      names: [...registry.names, "Nested"],
      get: (name, platform) => registryOf(name).get(name, platform),
      platformsOf: (name) => registryOf(name).platformsOf(name),
    },
    loadDocument: async (location) => new SourceFile(location, text),
  });
  expect(events.flatMap((event) => (event.type === "step-started" ? event.step : []))).toEqual(["Outer"]);
  expect(stepsOf(result)[0]?.failureMessage).toMatch(/^the document "inner.yaml" has \d+ faults?; the first: /);
}
