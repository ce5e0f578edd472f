import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "@jest/globals";
import { renderText, SourceFile } from "@imagewright/diagnostics";
import { parseDocument, type ComponentDocument } from "@imagewright/document-engine";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { gatherNestedDocuments } from "./nested-documents.js";

const running = (...locations: string[]) =>
  `schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n${locations.map((location, index) => `      - { name: S${index}, action: ExecuteDocument, inputs: { document: "${location}" } }\n`).join("")}`;

async function gather(outer: string, files: Record<string, string>) {
  return withTemporaryFolder(async (folder) => {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const document = parseDocument(new SourceFile("outer.yaml", outer.replaceAll("FOLDER", folder))).document as ComponentDocument;
    const { nested, diagnostics } = await gatherNestedDocuments([document], folder);
    return {
      nested: Object.fromEntries(nested.map(({ location, text }) => [location.replace(folder, "FOLDER"), text])),
      text: renderText(diagnostics).replaceAll(folder, "FOLDER"),
    };
  });
}

test("the documents that steps name, and those that these name, all relative to one folder; a cycle ends", async () => {
  const files = {
    "deep/one.yaml": running("./two.yaml", "three.yaml"),
    "two.yaml": running("deep/one.yaml"),
    "three.yaml": "- no document",
    "absolute.yaml": "x",
  };
  expect(await gather(running("deep/one.yaml", "FOLDER/absolute.yaml"), files)).toEqual({
    nested: {
      "deep/one.yaml": files["deep/one.yaml"],
      "FOLDER/absolute.yaml": "x",
      "./two.yaml": files["two.yaml"],
      "three.yaml": files["three.yaml"],
    },
    text: "",
  });
});

test("documents that are remote or missing are left to the run", async () => {
  expect(
    await gather(running("s3://bucket/a.yaml", "arn:aws:imagebuilder:eu-west-1:aws:component/a/1.0.0", "made-by-a-step.yaml"), {}),
  ).toEqual({ nested: {}, text: "" });
});

test("a path that only the run knows is a warning, an unreadable one an error", async () => {
  const { nested, text } = await gather(running("{{ Which }}.yaml", "folder"), { "folder/x": "" });
  expect(nested).toEqual({});
  expect(text.split("\n").filter((line) => line.startsWith("outer.yaml"))).toEqual([
    'outer.yaml:5:66: warning: "{{ Which }}.yaml" is known only during the run, so the document must exist in the container by then; it is not copied from this machine [document-not-known]',
    'outer.yaml:6:66: the component document "FOLDER/folder" cannot be read: it is a folder [document-not-readable]',
  ]);
});
