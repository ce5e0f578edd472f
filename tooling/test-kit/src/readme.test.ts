import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { unlistedErrors } from "./guide-errors.js";
import { withTemporaryFolder } from "./index.js";
import { errorsOf, examplesOf, withoutTest } from "./readme.js";

const README = `# Greet

\`\`\`yaml
- action: Greet
\`\`\`

\`\`\`yaml not-run
- action: Leave
\`\`\`

- no error, but a bullet

## Errors

The step fails if

- the file does not exist
- the name is so long that its bullet continues in
  the next line

## Afterwards

- no error either
`;

test("the examples of a README, and whether they run", () => {
  expect(examplesOf(README)).toEqual([
    { text: "- action: Greet\n", runs: true },
    { text: "- action: Leave\n", runs: false },
  ]);
});

test("the errors of a README are the bullets of their section, to its end", () => {
  const errors = ["the file does not exist", "the name is so long that its bullet continues in the next line"];
  expect(errorsOf(README)).toEqual(errors);
  expect(errorsOf(README.slice(0, README.indexOf("## Afterwards")))).toEqual(errors);
  expect(errorsOf("# Greet\n\n- no error\n")).toEqual([]);
});

test("an error counts as tested if a test file contains its complete name", async () => {
  await withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "greet.test.ts"), 'test("the file does not exist at all", run);\ntest("the name is empty: %s", run);\n');
    await writeFile(join(folder, "run.ts"), '"nobody listens"');
    expect(await withoutTest(["the file does not exist", "the name is empty", "nobody listens"], folder)).toEqual([
      "the file does not exist",
      "nobody listens",
    ]);
  });
});

test("the guide's errors must be listed, and one for everything else", () => {
  expect(unlistedErrors("AppendFile", ["you may not write to the file", "the file does not exist", "the disk is full"])).toEqual([]);
  expect(unlistedErrors("AppendFile", ["you may not write to the file"])).toEqual([
    "/does not exist$|^the source is missing$/",
    "another failure of the operation",
  ]);
  expect(unlistedErrors("Assert", [])).toEqual([]);
});
