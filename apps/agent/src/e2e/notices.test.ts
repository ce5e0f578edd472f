import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

const NOTICES = readFileSync(join(import.meta.dirname, "..", "..", "dist", "third-party-notices.txt"), "utf8");

test.each(["bun", "yaml", "ajv", "re2js", "@aws-sdk/client-s3", "https-proxy-agent"])(
  "the executable comes with the licence of %s, which is in it",
  (name) => {
    expect(NOTICES).toMatch(new RegExp(`^${name} \\d`, "m"));
  },
);

test("each text of a licence is there once, and nothing of our own", () => {
  expect(NOTICES).not.toMatch(/^@imagewright\//m);
  const texts = NOTICES.split(`\n${"-".repeat(80)}\n`).map((part) => part.trim().split("\n\n").slice(1).join("\n\n"));
  expect(texts).toEqual([...new Set(texts)]);
});
