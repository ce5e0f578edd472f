import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { writeWhole } from "./write-whole.js";

test("a manifest has no character that a terminal obeys or hides, and is read back as it was", () =>
  withTemporaryFolder(async (folder) => {
    const path = join(folder, "image.json");
    const manifest = { description: "\u009b2J\u202e\u200b\u007f\u2028", tags: { "\u2066": "\u{e0041}" } };
    await writeWhole(path, manifest);
    const text = await readFile(path, "utf8");
    expect(text).toMatch(/^[\n -~]+$/);
    expect(JSON.parse(text)).toEqual(manifest);
  }));
