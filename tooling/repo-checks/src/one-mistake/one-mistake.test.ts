import { SourceFile, type Diagnostic } from "@imagewright/diagnostics";
import { parseExpression } from "@imagewright/cron-rate";
import { readArn } from "@imagewright/imagebuilder-model";
import { readPattern, readVersion } from "@imagewright/semver-resolver";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { mutationsOf, type Choose } from "./mutations.js";
import { readableFiles, type ReadableFile } from "./readers.js";

// what is wrong with a name or with a template's parameter is seen, and shown, where it is used; what a file is, at what shows it
const ELSEWHERE = ["unknown-reference", "parameter-missing", "unknown-name", "value-not-known", "other-kind-of-file"];

function chooser(): Choose {
  const [numbers] = fc.sample(fc.infiniteStream(fc.nat()), 1);
  return (below) => ((numbers?.next().value as number | undefined) ?? 0) % below;
}

const isProblem = ({ severity }: Diagnostic) => severity !== "info";
const shown = ({ span, message }: Diagnostic) => `line ${span.source.position(span.start).line}: ${message}`;

async function findings({ name, text, read }: ReadableFile) {
  const several: string[] = [];
  const misplaced: string[] = [];
  let [found, all] = [0, 0];
  for (const mutation of mutationsOf(text, chooser())) {
    const problems = (await read(new SourceFile(name, mutation.text))).filter(isProblem);
    const [only, second] = problems;
    all += 1;
    if (only === undefined) continue;
    found += 1;
    if (second !== undefined) several.push(`${mutation.name}:\n  ${problems.map(shown).join("\n  ")}`);
    else if (!ELSEWHERE.includes(only.code) && !isWithin(only, mutation.lines, name)) misplaced.push(`${mutation.name}: ${shown(only)}`);
  }
  return { several, misplaced, found, all };
}

/** Documents of other files and of templates have lines of their own. */
function isWithin({ span }: Diagnostic, [first, last]: readonly [number, number], name: string): boolean {
  if (name.includes("template") || !span.source.name.endsWith(name.slice(name.lastIndexOf("/") + 1))) return true;
  const { line } = span.source.position(span.start);
  return first <= line && line <= last;
}

describe("one mistake in a valid file is one message, at its place", () => {
  test.each(readableFiles("").map(({ name }, index) => [name, index] as const))("%s", (_name, index) =>
    withTemporaryFolder(async (folder) => {
      const file = readableFiles(folder)[index] as ReadableFile;
      expect((await file.read(new SourceFile(file.name, file.text))).filter(isProblem).map(shown)).toEqual([]);
      const { several, misplaced, found, all } = await findings(file);
      expect({ several, misplaced }).toEqual({ several: [], misplaced: [] });
      // a key that is left out or a word that is replaced may leave the file valid
      expect(found / all).toBeGreaterThan(0.6);
    }),
  );
});

describe("one mistake in an expression is one message, within it", () => {
  const version = (text: string) => readVersion(text).diagnostics;
  test.each<[string, (text: string) => readonly Diagnostic[]]>([
    ["cron(0 10 * * ? *)", (text) => parseExpression(text).diagnostics],
    ["cron(30 22 ? jan-mar,may tue#2 2026/2)", (text) => parseExpression(text).diagnostics],
    ["cron(0/15 8-17 L * ? *)", (text) => parseExpression(text).diagnostics],
    ["0 10 ? * MON *", (text) => parseExpression(text).diagnostics],
    ["rate(12 hours)", (text) => parseExpression(text).diagnostics],
    ["1.2.3/4", version],
    ["2021.01.09", version],
    ["1.x.x", (text) => readPattern(text).diagnostics],
    ["arn:aws:imagebuilder:eu-west-1:123456789012:component/web-server/1.x.x", (text) => readArn(text).diagnostics],
    ["arn:aws:imagebuilder:us-east-1:aws:image/debian/1.0.0/3", (text) => readArn(text).diagnostics],
  ])("%s", (text, read) => {
    expect(read(text)).toEqual([]);
    const choose = chooser();
    const several = Array.from(text).flatMap((character, at) => {
      const other = "x9*-/ :.,"[choose(9)] ?? "";
      return [
        text.slice(0, at) + text.slice(at + 1),
        text.slice(0, at) + other + text.slice(at + 1),
        text.slice(0, at) + character + text.slice(at),
      ]
        .map((changed) => ({ changed, problems: read(changed) }))
        .filter(({ changed, problems }) => problems.length > 1 || problems.some(({ span }) => span.end > changed.length))
        .map(({ changed, problems }) => `${changed}:\n  ${problems.map(({ message }) => message).join("\n  ")}`);
    });
    expect(several).toEqual([]);
  });
});
