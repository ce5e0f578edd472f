import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { describeOutput, isRunnable, PLATFORMS, type AnyActionContract, type PropertySchema } from "@imagewright/action-contract";
import { describe, expect, test } from "@jest/globals";
import { isRoot } from "./as-nobody.js";
import { unlistedErrors } from "./guide-errors.js";
import { errorsOf, examplesOf, withoutTest } from "./readme.js";
import { runExample } from "./run-example.js";
import { withTemporaryFolder } from "./temporary-folder.js";

/** The actions of one package: modules, or contracts alone. */
export interface ActionFolder {
  readonly actions: readonly AnyActionContract[];
  /** The folder with a subfolder for each of them. */
  readonly sources: string;
  /** Actions of other packages that the examples may use. */
  readonly others?: readonly AnyActionContract[];
}

/**
 * Declares the tests that every action has to pass: what it says of itself, a README whose examples are valid, run where there is a module
 * to run and tell the truth about what they changed something, and a list of errors that contains all of the guide's, each proved by a test
 * of its name.
 */
export function testActionContract({ actions, sources, others = [] }: ActionFolder): void {
  test("every folder with an index is an action, and every action has its folder", async () => {
    expect(actions.map(({ name }) => folderOf(name)).sort()).toEqual(await actionFolders(sources));
  });

  describe.each(actions.map((action) => [action.name, action] as const))("%s", (name, action) => {
    const folder = join(sources, folderOf(name));

    test("has a description", () => {
      testDescription(action);
    });

    test("has a README whose examples are valid and run, step by step", async () => {
      const readme = await readFile(join(folder, "README.md"), "utf8");
      expect(readme.split("\n")[0]).toBe(`# ${name}`);
      await testExamples(readme, action, [...actions, ...others]);
    });

    test("lists its errors, including all of the guide's, and has a test of each name", async () => {
      const errors = errorsOf(await readFile(join(folder, "README.md"), "utf8"));
      expect(errors).not.toEqual([]);
      expect(unlistedErrors(name, errors)).toEqual([]);
      expect(await withoutTest(errors, folder)).toEqual([]);
    });
  });
}

function testDescription({ name, summary, platforms, outputs, input }: AnyActionContract): void {
  const { properties, required = [] } = input.schema;
  expect(name).toMatch(/^[A-Z][A-Za-z0-9]+$/);
  expect(summary).toMatch(/^[A-Z].*\.$/);
  expect(platforms.length).toBeGreaterThan(0);
  expect(platforms.filter((platform) => !PLATFORMS.includes(platform))).toEqual([]);
  expect(
    Object.values(outputs)
      .map(describeOutput)
      .filter((text) => !/^[A-Z].*\.$/.test(text)),
  ).toEqual([]);
  expect(undescribed(properties)).toEqual([]);
  expect(required.filter((key) => properties[key] === undefined)).toEqual([]);
}

async function testExamples(readme: string, action: AnyActionContract, known: readonly AnyActionContract[]): Promise<void> {
  const { name, effects } = action;
  const examples = examplesOf(readme);
  const own = examples.filter(({ text }) => new RegExp(`action: ${name}$`, "m").test(text));
  expect(own).not.toEqual([]);
  // a module that works only on files can run in any test
  if (effects === "files" && isRunnable(action)) expect(own.filter(({ runs }) => !runs)).toEqual([]);
  await withTemporaryFolder(async (folder) => {
    // an example with an owner changes it, which only root may
    for (const { text, runs } of examples)
      await runExample({ text, runs: runs && (isRoot || !text.includes("owner:")) }, { action, known, folder });
  });
}

function undescribed(properties: Readonly<Record<string, PropertySchema>>): string[] {
  return Object.entries(properties).flatMap(([key, property]) => [
    ...(/^[A-Z].*\.$/.test(property.description ?? "") ? [] : [key]),
    ...("properties" in property ? undescribed(property.properties) : []),
  ]);
}

/** `UpdateOS` is in `update-os`, `S3Download` in `s3-download`. */
function folderOf(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

async function actionFolders(sources: string): Promise<string[]> {
  const kept: string[] = [];
  for (const name of await readdir(sources)) {
    const index = await stat(join(sources, name, "index.ts")).catch(() => undefined);
    if (index?.isFile() === true) kept.push(name);
  }
  return kept.sort();
}
