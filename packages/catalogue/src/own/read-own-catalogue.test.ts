import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { renderText } from "@imagewright/diagnostics";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { readOwnCatalogue, type OwnCatalogue } from "./read-own-catalogue.js";

const STEP = "steps: [{ name: A, action: ExecuteBash, inputs: { commands: [true] } }]";
const COMPONENT = `description: Does nothing.\nschemaVersion: 1.0\nphases: [{ name: build, ${STEP} }]\n`;
const WORKFLOW = "schemaVersion: 1.0\nsteps: [{ name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }]\n";
const LIST = "components: [{ name: Own Tool, semanticVersion: 1.2.0, platform: Linux, document: tools/tool.yaml }]\n";

/** Reads a folder with these files. The folder's own path in messages is `FOLDER`. */
async function read(files: Readonly<Record<string, string>>, prepare?: (folder: string) => Promise<void>) {
  let result: OwnCatalogue | undefined;
  let folder = "";
  await withTemporaryFolder(async (outer) => {
    folder = join(outer, "own");
    await mkdir(folder);
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    await prepare?.(folder);
    result = await readOwnCatalogue(folder);
  });
  const { entries, diagnostics = [] } = result ?? {};
  const [first = ""] = renderText(diagnostics).replaceAll(folder, "FOLDER").split("\n");
  return { entries, first, diagnostics, folder };
}

test("components and workflows are read with their documents; a document describes itself", async () => {
  const list = `${LIST}workflows: [{ name: build-own, semanticVersion: 1.0.0, type: BUILD, description: own, document: build.yaml }]\n`;
  const { entries, first, folder } = await read({ "catalogue.yaml": list, "tools/tool.yaml": COMPONENT, "build.yaml": WORKFLOW });
  const tool = { name: "Own Tool", semanticVersion: "1.2.0", platform: "Linux", description: "Does nothing.", text: COMPONENT };
  const build = { name: "build-own", semanticVersion: "1.0.0", type: "BUILD", description: "own", text: WORKFLOW };
  expect([first, entries?.components, entries?.workflows]).toEqual([
    "",
    [{ ...tool, file: join(folder, "tools/tool.yaml") }],
    [{ ...build, file: join(folder, "build.yaml") }],
  ]);
});

test("a list without entries is one", async () => {
  expect((await read({ "catalogue.yaml": "components: []\n" })).entries).toMatchObject({ components: [], workflows: [] });
});

const outside = (name: string) => `"${name}" is outside of the folder of the catalogue; allowed: files in it [document-outside]`;
const listed = (document: string) => LIST.replace("tools/tool.yaml", document);
const AT = "FOLDER/catalogue.yaml:1:83: ";

test.each<[string, Record<string, string>, string]>([
  ["no list", {}, "FOLDER/catalogue.yaml:1:1: the list of the catalogue cannot be read: no such file [catalogue-not-readable]"],
  [
    "a list that is too large",
    { "catalogue.yaml": "#".repeat(262_145) },
    "FOLDER/catalogue.yaml:1:1: the list of the catalogue cannot be read: it has more than 262144 bytes [catalogue-not-readable]",
  ],
  [
    "a member that is missing",
    { "catalogue.yaml": LIST.replace("platform: Linux, ", "") },
    'FOLDER/catalogue.yaml:1:16: "components[0]" must have "platform" [missing-key]',
  ],
  [
    "a version that is none",
    { "catalogue.yaml": LIST.replace("1.2.0", "1.2") },
    'FOLDER/catalogue.yaml:1:49: "components[0].semanticVersion" must be ',
  ],
  ["a document that is missing", { "catalogue.yaml": LIST }, `${AT}"tools/tool.yaml" cannot be read: no such file [document-not-readable]`],
  [
    "a document that is too large",
    { "catalogue.yaml": LIST, "tools/tool.yaml": "#".repeat(65_537) },
    `${AT}"tools/tool.yaml" cannot be read: it has more than 65536 bytes [document-not-readable]`,
  ],
  ["a document above the folder", { "catalogue.yaml": listed("../tool.yaml") }, AT + outside("../tool.yaml")],
  ["a document by its whole path", { "catalogue.yaml": listed("/etc/hostname") }, AT + outside("/etc/hostname")],
  [
    "a fault in a document",
    { "catalogue.yaml": LIST, "tools/tool.yaml": COMPONENT.replace("ExecuteBash", "ExecuteBasj") },
    'FOLDER/tools/tool.yaml:3:52: unknown action "ExecuteBasj"',
  ],
  [
    "a document without phases of images",
    { "catalogue.yaml": LIST, "tools/tool.yaml": COMPONENT.replace("name: build", "name: other") },
    "FOLDER/tools/tool.yaml:3:18: the document has none of the phases build, validate and test [no-phase-of-images]",
  ],
  [
    "a version twice",
    { "catalogue.yaml": `${LIST.trimEnd().slice(0, -1)}, { name: own_tool, semanticVersion: 1.2.0, platform: Linux, document: x }]\n` },
    "FOLDER/catalogue.yaml:1:110: version 1.2.0 of component own-tool is listed twice; allowed: once [duplicate-entry]",
  ],
])("%s is a fault with its place", async (_, files, expected) => {
  const { entries, first, diagnostics } = await read(files);
  const found = diagnostics.find(({ severity }) => severity === "error");
  expect([entries, found?.severity, first.slice(0, expected.length)]).toEqual([undefined, "error", expected]);
});

test("a link that leads out of the folder is refused, one within it is followed", async () => {
  const files = { "catalogue.yaml": listed("link.yaml"), "tool.yaml": COMPONENT };
  const within = await read(files, (folder) => symlink("tool.yaml", join(folder, "link.yaml")));
  expect([within.first, within.entries?.components[0]?.text]).toEqual(["", COMPONENT]);
  const out = await read(files, async (folder) => {
    await writeFile(join(folder, "..", "secret.yaml"), COMPONENT);
    await symlink("../secret.yaml", join(folder, "link.yaml"));
  });
  expect([out.entries, out.first]).toEqual([undefined, AT + outside("link.yaml")]);
  const folder = await read({ "catalogue.yaml": listed("outer/secret.yaml") }, async (own) => {
    await mkdir(join(own, "..", "outer"));
    await writeFile(join(own, "..", "outer", "secret.yaml"), COMPONENT);
    await symlink("../outer", join(own, "outer"));
  });
  expect([folder.entries, folder.first]).toEqual([undefined, AT + outside("outer/secret.yaml")]);
});

test("a folder and a pipe in place of a document are refused, and not waited for", async () => {
  const folder = await read({ "catalogue.yaml": listed("tools") }, (own) => mkdir(join(own, "tools")));
  expect(folder.first).toBe(`${AT}"tools" cannot be read: it is a folder [document-not-readable]`);
  const pipe = await read({ "catalogue.yaml": listed("pipe") }, (own) => Promise.resolve(void execFileSync("mkfifo", [join(own, "pipe")])));
  expect(pipe.first).toBe(`${AT}"pipe" cannot be read: it is not a file [document-not-readable]`);
});

test("the example is a catalogue, and the README shows it", async () => {
  const root = join(import.meta.dirname, "..", "..", "..", "..");
  const { entries, diagnostics } = await readOwnCatalogue(join(root, "examples", "catalogue"));
  expect([renderText(diagnostics), entries?.components.length, entries?.workflows.length]).toEqual(["", 1, 1]);
  const shown = readFileSync(join(root, "examples", "catalogue", "catalogue.yaml"), "utf8");
  expect(readFileSync(join(root, "packages", "catalogue", "README.md"), "utf8")).toContain(`\n${shown}\`\`\``);
});
