// What READMEs and help show is run: every command that begins with `ib` or `ib-agent`, and what is printed below it has to be what it
// prints.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { agentExecutable } from "@imagewright/agent";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { IB } from "./ib.js";

const ROOT = join(import.meta.dirname, "..", "..", "..", "..");
const EXAMPLES = join(ROOT, "examples");
// READMEs of packages and help name files without a folder
const FILES: Readonly<Record<string, string>> = {
  "hello.yaml": "hello/hello.yaml",
  "hello.yml": "hello/hello.yaml",
  "template.yaml": "hello/template.yaml",
  "recipe.yaml": "hello/recipe.yaml",
  "web.yaml": "web-server/components/web-test.yaml",
  components: "web-server/components",
  "pipeline.yaml": "schedules/pipeline.yaml",
  "policy.json": "lifecycle/policy.json",
  "images.json": "lifecycle/images.json",
  "settings.json": "distribution/settings.json",
  "build.json": "distribution/build.json",
  "versions.txt": "versions/versions.txt",
  "workflow.yaml": "workflows/build.yaml",
  "read-only.json": "access/read-only.json",
  "builds.json": "access/builds.json",
  "tags.json": "access/tags.json",
  catalogue: "catalogue",
};
// a container engine and an archive of packages, a step that waits, a server that runs on, or a database, which other tests have
const NEEDS_A_CONTAINER =
  /^ib build |^ib component run .*--in |^ib workflow (run|resume|stop) |^ib serve|^ib (key|auth|audit|backup|events|image|pipeline) |^ib encryption (status|rotate|rewrap)|\bib restore /;

interface DocumentedCommand {
  readonly page: string;
  readonly line: string;
  /** What the page shows of its output; undefined where it shows the command alone. */
  readonly output: string | undefined;
}

const commands = [...pages().flatMap(commandsOf), ...commandsOfHelp()];
const folder = mkdtempSync(join(tmpdir(), "imagewright-documented-"));

beforeAll(() => {
  cpSync(EXAMPLES, join(folder, "examples"), { recursive: true });
  for (const [name, example] of Object.entries(FILES)) cpSync(join(EXAMPLES, example), join(folder, name), { recursive: true });
  const texts = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.ya?ml$/.test(name));
  for (const name of texts) writeFileSync(join(folder, name), inFolder(readFileSync(join(folder, name), "utf8")));
  for (const name of ["bin", "tmp", "var-log"]) mkdirSync(join(folder, name));
  symlinkSync(IB, join(folder, "bin", "ib"));
  symlinkSync(agentExecutable(), join(folder, "bin", "ib-agent"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("there are commands in the README, the READMEs of both programs, the examples, and in help", () => {
  const found = new Set(commands.map(({ page }) => page));
  expect([...found]).toEqual(expect.arrayContaining(["README.md", "apps/ib/README.md", "apps/agent/README.md", "examples/README.md"]));
  // every command has examples in its help
  expect([...found].filter((page) => page.startsWith("ib "))).toEqual(examplesByHelpPage().map(([page]) => page));
});

test("the documents in the README are files of examples/", () => {
  const files = readdirSync(EXAMPLES, { recursive: true, encoding: "utf8" }).filter((name) => /\.(ya?ml|json)$/.test(name));
  const examples = files.map((name) => readFileSync(join(EXAMPLES, name), "utf8"));
  for (const { text } of blocksOf("README.md").filter(({ language }) => language !== "")) expect(examples).toContain(text);
});

describe.each([...new Set(commands.map(({ page }) => page))])("%s", (page) => {
  test.each(commands.filter((command) => command.page === page))("$line", ({ line, output }) => {
    for (const file of line.match(/\b[\w/-]+\.(ya?ml|json|txt)\b/g) ?? [])
      expect([file, existsSync(join(folder, file))]).toEqual([file, true]);
    if (NEEDS_A_CONTAINER.test(line)) return;
    const { status, printed } = run(inFolder(line));
    if (output === undefined) expect([status, printed]).toEqual([line.startsWith("ib doctor") ? expect.any(Number) : 0, printed]);
    else expect(sameEachTime(printed)).toBe(sameEachTime(output));
  });
});

/** What would lie outside of the test's folder lies in it. */
function inFolder(text: string): string {
  return text.replaceAll("/tmp/", `${folder}/tmp/`).replaceAll("/var/log/", `${folder}/var-log/`);
}

function run(line: string): { readonly status: number | null; readonly printed: string } {
  const { status, stdout } = spawnSync("/bin/sh", ["-c", `exec 2>&1\n${line}`], {
    cwd: folder,
    encoding: "utf8",
    env: {
      PATH: [join(folder, "bin"), dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter),
      ...{ HOME: folder, IMAGEWRIGHT_HOME: join(folder, "home"), NO_COLOR: "1" },
    },
  });
  return { status, printed: stdout };
}

/** Without what differs from run to run and from machine to machine, and however lines are broken. */
function sameEachTime(text: string): string {
  return text
    .replaceAll(`${folder}/tmp/`, "/tmp/")
    .replace(/\b\d+:\d+ (?=\d+ bytes)/g, "OWNER ")
    .replace(/\d+\.\d s\b/g, "TIME")
    .replace(/\s+/g, " ")
    .trim();
}

function pages(): string[] {
  const readmes = ["apps", "packages"].flatMap((group) => readdirSync(join(ROOT, group)).map((name) => `${group}/${name}/README.md`));
  const docs = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" }).map((name) => `docs/${name}`);
  return ["README.md", "examples/README.md", ...readmes, ...docs].filter((path) => path.endsWith(".md") && existsSync(join(ROOT, path)));
}

function blocksOf(page: string): { readonly language: string; readonly text: string }[] {
  const blocks = readFileSync(join(ROOT, page), "utf8").matchAll(/^```(.*)\n([^]*?)^```$/gm);
  return [...blocks].map(([, language = "", text = ""]) => ({ language, text }));
}

/** The commands in the blocks of a page. What follows one that begins with `$` is its output, up to the next. */
function commandsOf(page: string): DocumentedCommand[] {
  const blocks = blocksOf(page).flatMap(({ language, text }) => (language === "" ? text : []));
  return blocks.flatMap((text): DocumentedCommand[] => {
    const shown = text.split(/^\$ (?=ib)/m).slice(1);
    if (shown.length === 0) return (text.match(/^ib(-agent)? .*/gm) ?? []).map((line) => ({ page, line, output: undefined }));
    return shown.map((part) => {
      const [line = "", ...output] = part.split("\n");
      return { page, line, output: output.join("\n") };
    });
  });
}

/** The examples of each command's help, by the page that shows them. */
function examplesByHelpPage(): [page: string, examples: readonly string[]][] {
  const { commands } = JSON.parse(readFileSync(join(ROOT, "apps", "ib", "oclif.manifest.json"), "utf8")) as {
    readonly commands: Readonly<Record<string, { readonly examples: readonly string[] }>>;
  };
  return Object.entries(commands).map(([id, { examples }]) => [`ib ${id.replaceAll(":", " ")} --help`, examples]);
}

function commandsOfHelp(): DocumentedCommand[] {
  return examplesByHelpPage().flatMap(([page, examples]) =>
    examples.map((example) => ({
      page,
      line: example.replace("<%= config.bin %>", "ib"),
      output: undefined,
    })),
  );
}
