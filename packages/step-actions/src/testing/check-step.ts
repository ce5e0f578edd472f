import { SourceFile } from "@imagewright/diagnostics";
import { checkWorkflow, type StepActionContract } from "@imagewright/workflow-engine";
import { expect, test } from "@jest/globals";
import { stepActionContracts } from "../index.js";

/** A step of the action with these settings, such as `inputs: { waitFor: ssmAgent }`, and the messages of its faults and warnings. */
export type StepExample = readonly [settings: string, ...messages: string[]];

/** Tests steps of one action in a workflow of the first type that allows it, after a step `Launch` that launches an instance. */
export function testSteps({ name, workflowTypes }: StepActionContract, examples: readonly StepExample[]): void {
  test.each(examples)("%s", (settings, ...messages) => {
    const launch = "{ name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }";
    const text = `schemaVersion: 1.0\nsteps:\n  - ${launch}\n  - { name: Step, action: ${name}, ${settings} }\n`;
    const type = workflowTypes[0];
    const { diagnostics } = checkWorkflow(new SourceFile("f.yaml", text), { registry: stepActionContracts, type });
    expect(diagnostics.map(({ message }) => message)).toEqual(messages);
  });
}
