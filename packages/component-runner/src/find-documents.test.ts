import { execFileSync } from "node:child_process";
import { chmod, mkdir, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { asNobody, isRoot, withTemporaryFolder } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { findDocuments } from "./find-documents.js";
import { LARGEST_DOCUMENT, loadLocalDocument } from "./load-document.js";

const DOCUMENT = "schemaVersion: 1.0\nphases: [{ name: build, steps: [] }]\n";
const REQUEST = JSON.stringify({ name: "a", semanticVersion: "1.0.0", platform: "Linux", data: DOCUMENT });
const TEMPLATE = `Resources: { A: { Type: AWS::ImageBuilder::Component, Properties: { Data: ${JSON.stringify(DOCUMENT)} } } }\n`;

/** Finds documents in a folder with these files, whose path is left out of the result. */
function found(
  files: Readonly<Record<string, string>>,
  locations: readonly string[],
  prepare?: (folder: string) => Promise<unknown>,
  restore?: (folder: string) => Promise<unknown>,
) {
  return withTemporaryFolder(async (folder) => {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(join(folder, name, ".."), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    await prepare?.(folder);
    const { sources, skipped, failures } = await findDocuments(
      locations.map((name) => join(folder, name)),
      loadLocalDocument,
    );
    await restore?.(folder);
    const short = (text: string) => text.replaceAll(`${folder}/`, "").replaceAll(folder, ".");
    return {
      sources: sources.map(({ name }) => short(name)),
      skipped: skipped.map(short),
      failures: failures.map(({ message }) => short(message)),
    };
  });
}

describe("a folder", () => {
  test("has documents, and files that contain some, below it too, in the order of their names", async () => {
    const files = { "b.yml": DOCUMENT, "a/c.yaml": DOCUMENT, "a/d.JSON": REQUEST, "c.yaml": TEMPLATE, "damaged.yaml": `${DOCUMENT}: [` };
    expect(await found(files, ["."])).toEqual({
      sources: ["a/c.yaml", "a/d.JSON", "b.yml", "c.yaml", "damaged.yaml"],
      skipped: [],
      failures: [],
    });
  });

  test("has other files, which are skipped", async () => {
    const files = {
      "a.yaml": DOCUMENT,
      "empty.yaml": "",
      "list.json": "[1]",
      "pipeline.yaml": "jobs: { build: { phases: 1 } }\non: push\n",
      "recipe.yaml": "name: a\nparentImage: a\ncomponents: []\n",
      "stack.yaml": "Resources: { Q: { Type: AWS::SQS::Queue, Properties: { imagebuilder: 1 } } }\n",
      "large.json": "",
      "readme.md": "phases",
      ".hidden.yaml": DOCUMENT,
      ".git/a.yaml": DOCUMENT,
      "node_modules/a/a.yaml": DOCUMENT,
    };
    expect(await found(files, ["."], (folder) => truncate(join(folder, "large.json"), LARGEST_DOCUMENT + 1))).toEqual({
      sources: ["a.yaml"],
      skipped: ["empty.yaml", "large.json", "list.json", "pipeline.yaml", "recipe.yaml", "stack.yaml"],
      failures: [],
    });
  });

  test("has links, pipes and folders that lead nowhere", async () => {
    const prepare = async (folder: string) => {
      await symlink("..", join(folder, "in", "up"));
      await symlink("../a.yaml", join(folder, "in", "link.yaml"));
      await symlink("loop.yaml", join(folder, "in", "loop.yaml"));
      await symlink("nowhere", join(folder, "in", "broken.yaml"));
      execFileSync("mkfifo", [join(folder, "in", "pipe.yaml")]);
    };
    expect(await found({ "a.yaml": DOCUMENT, "in/own.yaml": DOCUMENT }, ["in"], prepare)).toEqual({
      sources: ["in/link.yaml", "in/own.yaml"],
      skipped: [],
      failures: [
        expect.stringMatching(/^the file "in\/broken.yaml" cannot be read: ENOENT: /),
        'the file "in/loop.yaml" cannot be read: its symbolic links lead in a circle',
      ],
    });
  });

  test("without a document is a failure", async () => {
    expect(await found({ "a/b.json": "{}", "c/d.txt": "" }, ["a", "c"])).toEqual({
      sources: [],
      skipped: ["a/b.json"],
      failures: ['no component document in the folder "a"; 1 file skipped', 'no component document in the folder "c"'],
    });
  });

  test("that cannot be read is a failure, and the others are read", async () => {
    const close = (folder: string) => chmod(join(folder, "closed"), 0);
    const open = (folder: string) => chmod(join(folder, "closed"), 0o700);
    const body = () => found({ "closed/a.yaml": DOCUMENT, "open/b.yaml": DOCUMENT }, ["closed", "open", "nowhere.yaml"], close, open);
    expect(await (isRoot ? asNobody(body) : body())).toEqual({
      sources: ["open/b.yaml"],
      skipped: [],
      failures: ['the folder "closed" cannot be read: permission denied', 'no component document at "nowhere.yaml"'],
    });
  });
});

test("a file that is named is never skipped, and not read again with its folder", async () => {
  expect(await found({ "a.yaml": DOCUMENT, "b.txt": "text" }, ["b.txt", "a.yaml", "."])).toEqual({
    sources: ["b.txt", "a.yaml"],
    skipped: [],
    failures: [],
  });
});
