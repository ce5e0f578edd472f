import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const MODEL = join(ROOT, "..", "shared", "reference", "imagebuilder-2019-12-02.service-2.json");
const GENERATED = join(ROOT, "packages", "imagebuilder-model", "src", "generated");
const folder = mkdtempSync(join(tmpdir(), "imagewright-model-"));
const there = existsSync(MODEL);
const suite = there ? describe : describe.skip;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

suite(`what the generator writes${there ? "" : " (skipped: the API model does not lie beside the checkout)"}`, () => {
  test("is what is committed", () => {
    execFileSync(process.execPath, [join(import.meta.dirname, "generate.mjs"), MODEL, folder]);
    expect(readdirSync(folder).sort()).toEqual(readdirSync(GENERATED).sort());
    for (const name of readdirSync(folder)) {
      expect([name, readFileSync(join(GENERATED, name), "utf8")]).toEqual([name, readFileSync(join(folder, name), "utf8")]);
    }
  });

  test("has no sentence of the model's documentation", () => {
    const sentences = [...readFileSync(MODEL, "utf8").matchAll(/"documentation":"((?:[^"\\]|\\.)*)"/g)]
      .flatMap(([, html = ""]) => html.split(/<[^>]*>|\. /))
      .filter((text) => text.split(" ").length > 3);
    const written = readdirSync(GENERATED)
      .map((name) => readFileSync(join(GENERATED, name), "utf8"))
      .join("\n");
    expect(sentences.length).toBeGreaterThan(1000);
    expect(sentences.filter((sentence) => written.includes(sentence))).toEqual([]);
  });
});
