import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { expect, test } from "@jest/globals";
import { createRegistry } from "@imagewright/action-contract";
import { coreActions } from "@imagewright/action-modules-core";
import { linuxActions } from "@imagewright/action-modules-linux";
import { listOf, renderText, SourceFile } from "@imagewright/diagnostics";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { readRecipe } from "../recipe/read-recipe.js";
import { planBuild, planRecipe } from "./plan-build.js";
import { plannedDefaults } from "./planned-defaults.js";

const registry = createRegistry(coreActions, linuxActions);

const HEAD = "name: web\nsemanticVersion: 1.0.0\nparentImage: p\n";
const STEP = (line: string) => `steps: [{ name: S, action: ExecuteBash, inputs: { commands: ["${line}"] } }]`;
const GOOD = `name: Good one\nschemaVersion: 1.0\nparameters: [{ Who: { type: string } }]\nphases:\n  - name: build\n    ${STEP("echo {{ Who }}")}\n  - name: test\n    ${STEP("echo {{ Who }}")}\n`;
const ACROSS = `schemaVersion: 1.0\nphases:\n  - name: build\n    ${STEP("true")}\n  - name: test\n    ${STEP("{{ build.S.outputs.stdout }}")}\n`;

const digestOf = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;

/** Plans a recipe from real files; the places of diagnostics are relative to their folder. */
async function plan(files: Record<string, string>, recipePath = "recipe.yaml") {
  return withTemporaryFolder(async (folder) => {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const { plan: planned, diagnostics } = await planBuild(join(folder, recipePath), registry);
    return { plan: planned, text: renderText(diagnostics).replaceAll(`${folder}/`, ""), folder };
  });
}

test("documents are found relative to the recipe from any current folder, and each component has its digest", async () => {
  const recipe = `${HEAD}components:\n  - { document: components/good.yaml, semanticVersion: 3.0.0, parameters: [{ name: Who, value: me }] }\n  - document: ../across.v2.yaml\n`;
  const {
    plan: planned,
    text,
    folder,
  } = await plan(
    {
      "deep/recipe.yaml": recipe,
      "deep/components/good.yaml": GOOD,
      "across.v2.yaml": ACROSS.replace("{{ build.S.outputs.stdout }}", "true"),
    },
    "deep/recipe.yaml",
  );
  expect(text).toBe("");
  expect(planned?.components.map(({ name, version, path, parameters }) => ({ name, version, path, parameters }))).toEqual([
    { name: "Good one", version: "3.0.0", path: join(folder, "deep/components/good.yaml"), parameters: [{ name: "Who", value: "me" }] },
    { name: "across.v2", version: "1.0.0", path: join(folder, "across.v2.yaml"), parameters: [] },
  ]);
  expect(planned?.components[0]?.digest).toBe(digestOf(GOOD));
});

test("a plan is plain data: it can be stored, and has all that a build needs", async () => {
  const container = "container: { command: [cat], exposedPorts: [80] }\ntags: { role: web }\n";
  const recipe = `${HEAD}description: Who is it\n${container}components: [{ document: good.yaml, parameters: [{ name: Who, value: me }] }]\n`;
  const { plan: planned, folder } = await plan({ "recipe.yaml": recipe, "good.yaml": GOOD });
  expect(JSON.parse(JSON.stringify(planned))).toStrictEqual(planned);
  expect(planned).toStrictEqual({
    recipe: {
      ...{ path: join(folder, "recipe.yaml"), name: "web", semanticVersion: "1.0.0", description: "Who is it", parentImage: "p" },
      ...{ workingDirectory: "/tmp", tags: { role: "web" }, container: { command: ["cat"], exposedPorts: [80] } },
    },
    components: [
      {
        ...{ name: "Good one", version: "1.0.0", path: join(folder, "good.yaml"), text: GOOD, digest: digestOf(GOOD) },
        ...{
          phases: ["build", "test"].map((name) => ({ name, steps: ["S"] })),
          definedParameters: ["Who"],
          parameters: [{ name: "Who", value: "me" }],
        },
      },
    ],
    workflows: plannedDefaults(),
    nestedDocuments: [],
  });
});

test("documents are named relative to the current folder, like the recipe", () =>
  withTemporaryFolder(async (folder) => {
    await writeFile(
      join(folder, "recipe.yaml"),
      `${HEAD}components: [{ document: ./good.yaml, parameters: [{ name: Who, value: me }] }]\n`,
    );
    await writeFile(join(folder, "good.yaml"), GOOD);
    const { plan: planned } = await planBuild(relative("", join(folder, "recipe.yaml")), registry);
    expect(planned?.components[0]?.path).toBe(relative("", join(folder, "good.yaml")));
  }));

test("remote documents are loaded by the locations in the recipe", () =>
  withTemporaryFolder(async (folder) => {
    const locations = ["s3://bucket//good.yaml", "arn:aws:imagebuilder:eu-west-1:aws:component/good/1.0.0"];
    await writeFile(
      join(folder, "recipe.yaml"),
      `${HEAD}components: [${locations.map((document) => `{ document: "${document}", parameters: [{ name: Who, value: me }] }`).join(", ")}]\n`,
    );
    const { plan: planned, diagnostics } = await planBuild(
      join(folder, "recipe.yaml"),
      registry,
      async (location) => new SourceFile(location, GOOD),
    );
    expect(renderText(diagnostics)).toBe("");
    expect(planned?.components.map(({ path }) => path)).toEqual(locations);
  }));

test("the documents that components run are included; their paths start at the recipe's folder, like all paths of a recipe", async () => {
  const outer =
    "schemaVersion: 1.0\nphases: [{ name: build, steps: [{ name: S, action: ExecuteDocument, inputs: { document: inner.yaml } }] }]\n";
  const { plan: planned } = await plan(
    {
      "deep/recipe.yaml": `${HEAD}components: [{ document: components/outer.yaml }]\n`,
      "deep/components/outer.yaml": outer,
      "deep/inner.yaml": GOOD,
    },
    "deep/recipe.yaml",
  );
  expect(planned?.nestedDocuments).toEqual([{ location: "inner.yaml", text: GOOD }]);
});

test.each<[string, string, Record<string, string>]>([
  ["a missing document", "[{ document: nowhere.yaml }]", {}],
  ["a folder for a document", "[{ document: folder }]", { "folder/x": "" }],
  [
    "unknown parameters",
    "[{ document: good.yaml, parameters: [{ name: Who, value: me }, { name: Whom, value: x }] }]",
    { "good.yaml": GOOD },
  ],
  ["a parameter missing in both stages, once", "[{ document: good.yaml }]", { "good.yaml": GOOD }],
  ["a reference from the test to the build", "[{ document: across.yaml }]", { "across.yaml": ACROSS }],
  [
    "all faults of all components at once",
    "[{ document: nowhere.yaml }, { document: good.yaml, parameters: [{ name: Whom, value: x }] }, { document: bad.yaml }, { document: list.yaml }]",
    { "good.yaml": GOOD, "bad.yaml": ACROSS.replace("ExecuteBash", "ExecuteBush"), "list.yaml": "- a\n" },
  ],
])("faults: %s", async (_what, components, files) => {
  const { plan: planned, text } = await plan({ ...files, "recipe.yaml": `${HEAD}components: ${components}\n` });
  expect(planned).toBeUndefined();
  expect(`\n${text}`.replace(listOf(registry.names), "every one of them")).toMatchSnapshot();
});

test("components are not read if the recipe's form has faults", async () => {
  const { plan: planned, text } = await plan({ "recipe.yaml": "name: web\ncomponents: [{ document: nowhere.yaml }]\n" });
  expect(planned).toBeUndefined();
  expect(text).not.toContain("no component document");
  expect(text).toContain("2 errors");
});

test("an unreadable recipe is an error", () =>
  withTemporaryFolder(async (folder) => {
    const path = join(folder, "recipe.yaml");
    await expect(planBuild(path, registry)).rejects.toMatchObject({
      code: "component-runner/document-not-found",
      message: `no recipe at ${JSON.stringify(path)}`,
    });
    await expect(planBuild(folder, registry)).rejects.toMatchObject({
      code: "component-runner/document-not-readable",
      message: `the recipe ${JSON.stringify(folder)} cannot be read: it is a folder`,
    });
  }));

test("a component of the service whose document has no name has the one in its ARN", async () => {
  const arn = "arn:aws:imagebuilder:eu-west-1:123456789012:component/hardening/1.0.0/1";
  const { recipe } = readRecipe(new SourceFile("recipe.yaml", `${HEAD}components: [{ document: "${arn}" }]\n`));
  if (recipe === undefined) throw new Error("the recipe has faults");
  const load = async (path: string) => Promise.resolve(new SourceFile(path, ACROSS.replace("{{ build.S.outputs.stdout }}", "true")));
  const { plan: planned } = await planRecipe(recipe, { registry, load, loadWorkflow: load, copiesLocalDocuments: false });
  expect(planned?.components.map(({ name, path }) => [name, path])).toEqual([["hardening", arn]]);
});
