import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderText, SourceFile } from "@imagewright/diagnostics";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { readCommandDocument, readCommandDocuments } from "../index.js";

const DOCUMENT = `schemaVersion: "2.2"
description: says hello
parameters:
  Name: { type: String, default: world }
mainSteps:
  - action: aws:runShellScript
    name: hello
    inputs: { runCommand: ["echo hello {{ Name }}"] }
`;

test("the documents of a folder have the names of their files", () =>
  withTemporaryFolder(async (folder) => {
    writeFileSync(join(folder, "Own-Hello.yaml"), DOCUMENT);
    writeFileSync(join(folder, "Own.Json.json"), JSON.stringify({ schemaVersion: "2.2", mainSteps: [] }));
    writeFileSync(join(folder, "notes.txt"), "no document");
    const { documents, diagnostics } = await readCommandDocuments(folder);
    expect([...documents.keys()]).toEqual(["Own-Hello"]);
    expect(diagnostics.map(({ message }) => message)).toEqual(['"mainSteps" must not be empty']);
  }));

test("a folder that is missing, and a file that is no text, are errors", () =>
  withTemporaryFolder(async (folder) => {
    const missing = join(folder, "none");
    const message = `cannot read command documents from "${missing}": no such folder`;
    await expect(readCommandDocuments(missing)).rejects.toMatchObject({ code: "step-actions/command-document-not-readable", message });
    writeFileSync(join(folder, "Big.yaml"), "#".repeat(65_537));
    await expect(readCommandDocuments(folder)).rejects.toThrow(`from "${join(folder, "Big.yaml")}": it has more than 65536 bytes`);
  }));

test("faults have their places", () => {
  const text = DOCUMENT.replace("{{ Name }}", "{{ Nme }}").replace("runShellScript", "runShellScripts").replace("2.2", "0.3");
  expect(faultsOf(text)).toMatchInlineSnapshot(`
   "hello.yaml:1:16: "schemaVersion" must be "2.2"; found "0.3"; did you mean "2.2"? [value-not-allowed]
     schemaVersion: "0.3"
                    ^~~~~
   hello.yaml:6:13: "mainSteps[0].action" must be "aws:runPowerShellScript" or "aws:runShellScript"; found "aws:runShellScripts"; did you mean "aws:runShellScript"? [value-not-allowed]
       - action: aws:runShellScripts
                 ^~~~~~~~~~~~~~~~~~~
   2 errors
   "
  `);
  expect(faultsOf(DOCUMENT.replace("{{ Name }}", "{{ Nme }}").replace("default: world", 'allowedPattern: "("'))).toMatchInlineSnapshot(`
   "hello.yaml:4:41: "(" is no regular expression in RE2 syntax [invalid-pattern]
       Name: { type: String, allowedPattern: "(" }
                                             ^~~
   hello.yaml:8:28: unknown parameter "Nme"; allowed: "Name"; did you mean "Name"? [unknown-reference]
         inputs: { runCommand: ["echo hello {{ Nme }}"] }
                                ^~~~~~~~~~~~~~~~~~~~~~
   2 errors
   "
  `);
  expect(faultsOf(DOCUMENT)).toBe("");
});

function faultsOf(text: string): string {
  return renderText(readCommandDocument(new SourceFile("hello.yaml", text)).diagnostics);
}
