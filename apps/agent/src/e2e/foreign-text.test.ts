import { readdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { safeJson } from "@imagewright/diagnostics";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { HOSTILE, HOSTILE_NAME, inTerminal, rawCharacters, showOnScreen } from "@imagewright/test-kit/terminal";
import { describe, expect, test } from "@jest/globals";
import { EXECUTABLE, ibAgent } from "./agent.js";

const json = (value: unknown) => String(safeJson(value));
const H = json(HOSTILE);

const steps = (...lines: readonly string[]) =>
  `schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n${lines.map((line) => `      - ${line}\n`).join("")}`;
const COMPONENT = steps("{ name: Nothing, action: ExecuteBash, inputs: { commands: ['true'] } }");
const PRINT = steps("{ name: Print, action: ExecuteBash, inputs: { commands: [cat out, cat out >&2, exit 3] } }");

interface Place {
  readonly what: string;
  readonly command: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Output of commands or lines of a source, in which tabs stay. */
  readonly tabs?: boolean;
}

const run = (...more: readonly string[]) => [
  "run",
  "--documents",
  "c.yaml",
  "--log-directory",
  "logs",
  "--state-directory",
  "state",
  ...more,
];

const PLACES: readonly Place[] = [
  { what: "what a step prints", command: run(), files: { "c.yaml": PRINT, out: `${HOSTILE}\n` }, tabs: true },
  { what: "what a step prints, as it prints it", command: run("--trace"), files: { "c.yaml": PRINT, out: HOSTILE }, tabs: true },
  { what: "events", command: run("--event-stream"), files: { "c.yaml": `name: ${H}\n${PRINT}`, out: HOSTILE } },
  { what: "a path", command: run(), files: { "c.yaml": steps(`{ name: Read, action: ReadFile, inputs: [{ path: ${H} }] }`) } },
  {
    what: "characters in a document",
    command: ["validate", "-d", "c.yaml"],
    files: { "c.yaml": `nmae: a # ${HOSTILE}\n${COMPONENT}` },
    tabs: true,
  },
  { what: "the file of a document", command: ["validate", "-d", `${HOSTILE_NAME}.yaml`], files: { [`${HOSTILE_NAME}.yaml`]: "nmae: a\n" } },
  { what: "a file that does not exist", command: ["validate", "-d", HOSTILE] },
  { what: "the name of a parameter", command: run("--parameters", `${HOSTILE.replaceAll('"', "")}=1`), files: { "c.yaml": COMPONENT } },
  { what: "an input configuration file", command: ["run", "--config", "r.yaml"], files: { "r.yaml": `${H}: 1\n` } },
  { what: "an action module", command: run("--blocked-action-modules", HOSTILE), files: { "c.yaml": COMPONENT } },
  { what: "the way to restart", command: run("--restart", HOSTILE), files: { "c.yaml": COMPONENT } },
  { what: "a flag", command: ["run", `--${HOSTILE}`] },
  { what: "an argument", command: ["run", HOSTILE] },
  { what: "a command", command: [HOSTILE] },
  { what: "the settings", command: run(), files: { "c.yaml": COMPONENT }, environment: { IMAGEWRIGHT_CONFIG: HOSTILE } },
];

const prepare = async (folder: string, files: Readonly<Record<string, string>> = {}) => {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
};

describe("what is external is written out", () => {
  test.each(PLACES)("$what", ({ command, files, environment = {}, tabs = false }) =>
    withTemporaryFolder(async (folder) => {
      await prepare(folder, files);
      const { stdout, stderr } = await ibAgent(command, { folder, environment });
      const printed = stdout + stderr;
      expect({ raw: rawCharacters(printed, { tabs }), shown: printed.includes("\\u001b") || printed }).toEqual({ raw: [], shown: true });
      expect(await showOnScreen(printed)).toMatchObject({ styled: [], effects: [] });
    }),
  );

  test("events, results and the JSON files among the logs, which are read back as they were", () =>
    withTemporaryFolder(async (folder) => {
      await prepare(folder, { "c.yaml": `name: ${H}\n${PRINT}`, out: HOSTILE });
      await ibAgent(run("--job", "job"), { folder });
      const [logs = ""] = await readdir(join(folder, "logs"));
      const files = [
        "job/events.jsonl",
        "job/result.json",
        ...["detailedoutput.json", "chaining.json"].map((name) => `logs/${logs}/${name}`),
      ];
      const texts = await Promise.all(files.map((path) => readFile(join(folder, path), "utf8")));
      expect(texts.map((text) => rawCharacters(text))).toEqual(files.map(() => []));
      for (const text of texts)
        for (const line of text.startsWith("{\n") || text.startsWith("[\n") ? [text] : text.trimEnd().split("\n")) JSON.parse(line);
      expect([texts[0], texts[2]].map((text) => text?.includes("\\u009b"))).toEqual([true, true]);
    }));

  test("the reason in a server's answer", () =>
    withTemporaryFolder(async (folder) => {
      const answer = "HTTP/1.1 404 No\u001b]0;TITLE\u0007\u001b[2J\u009b8m\r\ncontent-length: 0\r\n\r\n";
      const server = createServer((socket) => socket.on("data", () => socket.end(answer)));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo;
      const source = `http://127.0.0.1:${port}/file`;
      await prepare(folder, {
        "c.yaml": steps(`{ name: Get, action: WebDownload, inputs: [{ source: "${source}", destination: file }] }`),
      });
      const { stderr } = await ibAgent(run(), { folder });
      server.close();
      expect([rawCharacters(stderr), stderr]).toEqual([[], expect.stringContaining("404")]);
    }));
});

describe("--raw", () => {
  const OUTPUT = "\u001b[35mcolour\u001b[0m\u202e";

  test("shows the output of steps as it is, while it is written and for a failed step", () =>
    withTemporaryFolder(async (folder) => {
      await prepare(folder, { "c.yaml": PRINT, out: `${OUTPUT}\n` });
      const { stderr } = await ibAgent(run("--trace", "--raw"), { folder });
      expect(stderr.match(/.*colour.*/g)).toEqual([
        expect.stringContaining(` Info Stdout: ${OUTPUT}`),
        expect.stringContaining(` Info Stderr: ${OUTPUT}`),
        `    | ${OUTPUT}`,
        `    | ${OUTPUT}`,
      ]);
    }));

  test("without it, a pipe is escaped as well; console.log has the bytes", () =>
    withTemporaryFolder(async (folder) => {
      await prepare(folder, { "c.yaml": PRINT, out: `${OUTPUT}\n` });
      const { stdout, stderr } = await ibAgent(run("--trace"), { folder });
      expect(stderr.match(/colour.*/g)).toEqual(Array(4).fill("colour\\u001b[0m\\u202e"));
      const { logUrl } = JSON.parse(stdout) as { readonly logUrl: string };
      expect((await readFile(join(logUrl, "console.log"), "utf8")).split(OUTPUT)).toHaveLength(3);
    }));
});

test("on a terminal, the agent's own colours stay, and a step can neither erase, overwrite, hide nor colour anything", () =>
  withTemporaryFolder(async (folder) => {
    await prepare(folder, { "c.yaml": PRINT, out: "first\n10%\r\u001b[1A\u001b[2K\u001b[31msuccess\u001b]0;TITLE\u0007\u202e\n" });
    const { screen } = await inTerminal([EXECUTABLE, ...run()], { folder, environment: { PATH: "/usr/bin:/bin" }, columns: 120 });
    expect(screen.effects).toEqual([]);
    expect(screen.styled).toEqual(["bold: c.yaml:5", "red: failed", "dim: |", "dim: |", "dim: |", "dim: |"]);
    expect(screen.lines.slice(0, 7)).toEqual([
      'c.yaml:5: failed: step "Print" of phase "build" (ExecuteBash)',
      "  the command exited with code 3",
      "  its last output:",
      "    | first",
      "    | 10%\\u000d\\u001b[1A\\u001b[2K\\u001b[31msuccess\\u001b]0;TITLE\\u0007\\u202e",
      "    | first",
      "    | 10%\\u000d\\u001b[1A\\u001b[2K\\u001b[31msuccess\\u001b]0;TITLE\\u0007\\u202e",
    ]);
  }));
