import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PLATFORMS, type ActionModule, type AnyActionModule, type PropertySchema } from "@imagewright/action-contract";
import { SourceFile } from "@imagewright/diagnostics";
import { createNodeHost } from "@imagewright/node-host";
import { runAction, withTemporaryFolder } from "@imagewright/test-kit";
import { checkPlain, checkSchema, parseYaml, toPlain, valueOf, type ValueNode } from "@imagewright/yaml-syntax";
import { describe, expect, test } from "@jest/globals";
import { coreActions } from "./index.js";
import { isRoot } from "./testing/as-nobody.js";

const SOURCES = fileURLToPath(new URL(".", import.meta.url));

test("every folder with an index is an action, and every action has its folder", async () => {
  expect(coreActions.map((module) => folderOf(module.name)).sort()).toEqual(await actionFolders());
});

describe.each(coreActions.map((module) => [module.name, module] as const))("%s", (name, module) => {
  test("says what it is", () => {
    expect(name).toMatch(/^[A-Z][A-Za-z0-9]+$/);
    expect(module.summary).toMatch(/^[A-Z].*\.$/);
    expect(module.platforms.length).toBeGreaterThan(0);
    expect(module.platforms.filter((platform) => !PLATFORMS.includes(platform))).toEqual([]);
    expect(Object.values(module.outputs).filter((text) => !/^[A-Z].*\.$/.test(text))).toEqual([]);
  });

  test("describes every input and requires only inputs that it has", () => {
    const { properties, required = [] } = module.input.schema;
    expect(undescribed(properties)).toEqual([]);
    expect(required.filter((key) => properties[key] === undefined)).toEqual([]);
  });

  test("has a README whose examples are valid and run, step after step", async () => {
    const readme = await readFile(join(SOURCES, folderOf(name), "README.md"), "utf8");
    expect(readme.split("\n")[0]).toBe(`# ${name}`);
    const examples = [...readme.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text]) => text ?? "");
    expect(examples.join("")).toContain(`action: ${name}\n`);
    await withTemporaryFolder(async (folder) => {
      // an example with an owner changes it, which only root may
      for (const example of examples) await runExample(example, folder, isRoot || !example.includes("owner:"));
    });
  });
});

async function runExample(example: string, folder: string, run: boolean): Promise<void> {
  const { root, diagnostics } = parseYaml(new SourceFile("README.md", example));
  expect(diagnostics).toEqual([]);
  for (const step of itemsOf(root)) {
    const module = actionOf(step);
    for (const input of itemsOf(valueOf(step, "inputs"))) {
      expect(checkSchema(input, module.input.schema, { what: "inputs" })).toEqual([]);
      const { value } = checkPlain(toPlain(input), module.input.schema);
      expect(module.check?.(value, createNodeHost().platform) ?? []).toEqual([]);
      if (run) expect((await runAction(module, value, { workingDirectory: folder })).result).toMatchObject({ status: "succeeded" });
    }
  }
}

function actionOf(step: ValueNode): ActionModule<unknown> {
  const action = valueOf(step, "action");
  const module = coreActions.find(({ name }) => action?.kind === "scalar" && action.text === name);
  if (module === undefined) throw new Error("the example has an action that is not in this package");
  // the schema check above every run makes this safe
  return module as AnyActionModule as ActionModule<unknown>;
}

function itemsOf(node: ValueNode | undefined): readonly ValueNode[] {
  if (node === undefined) return [];
  return node.kind === "sequence" ? node.items : [node];
}

function undescribed(properties: Readonly<Record<string, PropertySchema>>): string[] {
  return Object.entries(properties).flatMap(([key, property]) => [
    ...(/^[A-Z].*\.$/.test(property.description ?? "") ? [] : [key]),
    ...(property.type === "object" ? undescribed(property.properties) : []),
  ]);
}

function folderOf(name: string): string {
  return name.replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

async function actionFolders(): Promise<string[]> {
  const names = await readdir(SOURCES);
  const kept: string[] = [];
  for (const name of names) {
    const index = await stat(join(SOURCES, name, "index.ts")).catch(() => undefined);
    if (index?.isFile() === true) kept.push(name);
  }
  return kept.sort();
}
