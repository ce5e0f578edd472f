import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** A YAML block of a README. */
export interface ReadmeExample {
  readonly text: string;
  /** Whether it runs in tests; a block that begins with "```yaml not-run" needs more, such as a bucket. */
  readonly runs: boolean;
}

export function examplesOf(readme: string): ReadmeExample[] {
  return [...readme.matchAll(/^```yaml( not-run)?\n(.*?)^```/gms)].map(([, notRun, text]) => ({
    text: text ?? "",
    runs: notRun === undefined,
  }));
}

/** The items of the section "## Errors": each bullet is the name of a test that proves it. */
export function errorsOf(readme: string): string[] {
  const [, section = ""] = /^## Errors\n(.*?)(?=^#|$(?![^]))/ms.exec(readme) ?? [];
  return [...section.matchAll(/^- (.*(?:\n {2}\S.*)*)/gm)].map(([, bullet]) => (bullet ?? "").replace(/\n {2}/g, " "));
}

// possible suffixes of a test's name: the name of a row of its table, or what it needs
const ENDINGS = ["", ": %s", " (needs root)"];

/** The given names for which the folder has no test. */
export async function withoutTest(names: readonly string[], folder: string): Promise<string[]> {
  const tests = (await readdir(folder)).filter((name) => name.endsWith("test.ts"));
  const sources = (await Promise.all(tests.map((name) => readFile(join(folder, name), "utf8")))).join("\n");
  return names.filter(
    (name) => !ENDINGS.some((ending) => sources.includes(JSON.stringify(`${name}${ending}`)) || sources.includes(`'${name}${ending}'`)),
  );
}
