import { isRunnable, type ActionContract, type ActionModule, type AnyActionContract, type Platform } from "@imagewright/action-contract";
import { SourceFile } from "@imagewright/diagnostics";
import { createNodeHost } from "@imagewright/node-host";
import { checkPlain, checkSchema, parseYaml, toPlain, valueOf, type ValueNode } from "@imagewright/yaml-syntax";
import { expect } from "@jest/globals";
import { runAction } from "./action-run.js";
import type { ReadmeExample } from "./readme.js";
import { readTree, treeDifference } from "./tree.js";

export interface ExampleRun {
  /** The action whose README it is. */
  readonly action: AnyActionContract;
  /** All actions that its steps may use. */
  readonly known: readonly AnyActionContract[];
  /** Where relative paths start. */
  readonly folder: string;
}

/** Checks the steps of an example against the actions' contracts and, where it runs, runs them one after the other in the folder. */
export async function runExample({ text, runs }: ReadmeExample, { action, known, folder }: ExampleRun): Promise<void> {
  const { root, diagnostics } = parseYaml(new SourceFile("README.md", text));
  expect(diagnostics).toEqual([]);
  for (const step of itemsOf(root)) {
    const module = actionOf(step, known);
    for (const node of inputsOf(step)) {
      const input = checkedInput(node, module, platformOf(action));
      if (!runs) continue;
      if (!isRunnable(module)) throw new Error(`${module.name} has no code to run; its example begins with "\`\`\`yaml not-run"`);
      const { changed, differs } = await runInput(input, module, folder);
      // an action that works on files must report whether it changed any
      if (module.name === action.name && module.effects === "files") expect(changed).toBe(differs);
    }
  }
}

/** This one, where the action has it. */
function platformOf({ platforms }: AnyActionContract): Platform {
  const { platform } = createNodeHost();
  return platforms.includes(platform) ? platform : (platforms[0] ?? platform);
}

function checkedInput(node: ValueNode | undefined, { input, check }: ActionContract<unknown>, platform: Platform): unknown {
  if (node === undefined) {
    expect(input.optional).toBe(true);
    return {};
  }
  expect(checkSchema(node, input.schema, { what: "inputs" })).toEqual([]);
  const { value } = checkPlain(toPlain(node), input.schema);
  expect(check?.(value, platform) ?? []).toEqual([]);
  return value;
}

async function runInput(
  input: unknown,
  module: ActionModule<unknown>,
  folder: string,
): Promise<{ changed: boolean | undefined; differs: boolean }> {
  const before = await readTree(folder);
  const { result } = await runAction(module, input, { workingDirectory: folder });
  expect(result).toMatchObject({ status: "succeeded" });
  return { changed: "changed" in result ? result.changed : undefined, differs: treeDifference(before, await readTree(folder)).length > 0 };
}

function actionOf(step: ValueNode, actions: readonly AnyActionContract[]): ActionContract<unknown> {
  const action = valueOf(step, "action");
  const module = actions.find(({ name }) => action?.kind === "scalar" && action.text === name);
  if (module === undefined) throw new Error("an example uses an action that was not passed to the test");
  // the schema check before every run makes this safe
  return module as ActionContract<unknown>;
}

function inputsOf(step: ValueNode): readonly (ValueNode | undefined)[] {
  const inputs = valueOf(step, "inputs");
  return inputs === undefined ? [undefined] : itemsOf(inputs);
}

function itemsOf(node: ValueNode | undefined): readonly ValueNode[] {
  if (node === undefined) return [];
  return node.kind === "sequence" ? node.items : [node];
}
