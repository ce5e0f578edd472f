// How a command line is read: the order of flags and files, the ways to ask for help, and what is wrong usage.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { Config, Parser, type Command } from "@oclif/core";
import { describe, expect, test } from "@jest/globals";
import { ib, inShell } from "./ib.js";

const config = await Config.load(join(import.meta.dirname, "..", ".."));
const commands: readonly Command.Class[] = await Promise.all(config.commands.map((command) => command.load()));
const DOCUMENT = `schemaVersion: 1.0
parameters: [{ Who: { type: string } }]
phases: [{ name: build, steps: [{ name: S, action: ExecuteBash, inputs: { commands: ["echo {{ Who }}"] } }] }]
`;

/** Runs a command line in a folder with the document `c.yaml`. */
function shell(line: string) {
  return withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "c.yaml"), DOCUMENT);
    return inShell(line, folder);
  });
}

describe("flags before and after the files are the same", () => {
  test.each(commands.map((command) => [command.id.replaceAll(":", " "), command] as const))("ib %s", async (_, command) => {
    const { args, strict } = command;
    const flags = command.flags ?? {};
    const files: string[] = Object.entries(args).flatMap(([name, { multiple, options }]) =>
      multiple === true ? [`${name}1`, `${name}2`] : [(options as readonly string[] | undefined)?.[0] ?? name],
    );
    const parse = async (argv: string[]) => {
      const { args: given, flags: set } = await Parser.parse(argv, { args, flags, strict });
      return { given, set };
    };
    const required = Object.keys(flags).filter((name) => flags[name]?.required === true);
    for (const [name, flag] of Object.entries(flags)) {
      const needed = new Set([name, ...(flag.dependsOn ?? []), ...required]);
      const given = [...needed].flatMap((each) => withValue(each, flags[each]));
      const after = await parse([...files, ...given]);
      expect([name, await parse([...given, ...files])]).toEqual([name, after]);
      expect(Object.values(after.given).flat()).toEqual(files);
      if (flag.type === "option" && flag.multiple === true) {
        const twice = await parse([...given, ...files, ...given.slice(0, withValue(name, flag).length)]);
        expect(twice.set[name]).toEqual([...(after.set[name] as unknown[]), ...(after.set[name] as unknown[])]);
        expect(twice.given).toEqual(after.given);
      }
    }
    // oclif would take standard input for an argument that is missing
    expect(Object.values(args).filter(({ ignoreStdin }) => ignoreStdin !== true)).toEqual([]);
  });

  test("as written by hand", async () => {
    const plan = await shell("ib component run --parameter Who=you c.yaml --plan");
    expect([plan.code, plan.stdout]).toEqual([0, expect.stringContaining("echo you")]);
    for (const line of [
      "ib component run --phases build --parameter Who=you --plan c.yaml",
      "ib component run --plan --parameter Who=you --phases build,build c.yaml",
      "ib component run --plan --phases=build --parameter=Who=you -- c.yaml",
    ])
      expect(await shell(line)).toEqual(plan);
    expect((await shell("ib component validate --os-platforms windows --os-platforms linux c.yaml")).stderr).toMatch(
      /^c\.yaml:3:\d+: ExecuteBash does not run on Windows; it runs on Linux and macOS \[action-not-on-platform\]\n/,
    );
  });

  test("files stay in their order, also where a flag has the same value", async () => {
    const { stdout } = await shell("ib version resolve --from 1.0.0 x.x.x 2.0.0 1.0.0 --json");
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "ib/input-not-readable" } });
    const { document } = (await Parser.parse(["--log-directory", "logs", "a.yaml", "logs"], commandOf("component:run"))).args;
    expect(document).toEqual(["a.yaml", "logs"]);
  });
});

function commandOf(id: string): Command.Class {
  const found = commands.find((command) => command.id === id);
  if (found === undefined) throw new Error(`there is no command ${id}`);
  return found;
}

/** A flag with a value that it takes. */
function withValue(name: string, flag: Command.Class["flags"][string] | undefined): string[] {
  if (flag?.type !== "option") return [`--${name}`];
  return [`--${name}`, flag.options?.[0] ?? "1"];
}

describe("help and version", () => {
  const same = async (lines: readonly string[]) => {
    const [first, ...others] = await Promise.all(lines.map((line) => shell(line)));
    expect(first).toMatchObject({ code: 0, stderr: "" });
    for (const other of others) expect(other).toEqual(first);
    return first?.stdout;
  };

  test("of the program", async () => {
    expect(await same(["ib --help", "ib -h", "ib help", "ib", "ib help --json"])).toMatch(/^ib: the admin command line/);
    expect(await same(["ib --version", "ib -v", "ib component -v", "ib component run --version"])).toMatch(/^@imagewright\/ib\/\d/);
  });

  test("of a topic, which lists its commands", async () => {
    const lines = ["ib component", "ib component --help", "ib component -h", "ib component help", "ib help component"];
    expect(await same(lines)).toContain("component validate  Report every fault");
  });

  test("of a command", async () => {
    const lines = [
      "ib component run --help",
      "ib component run -h",
      "ib help component run",
      "ib component help run",
      "ib component run c.yaml -h",
    ];
    expect(await same(lines)).toContain("DOCUMENT...");
    expect(await same(["ib build -h", "ib help build", "ib build help"])).toContain("Build and test an image");
    expect(await same(["ib build discard -h", "ib help build discard", "ib build help discard"])).toContain("[--engine");
  });

  test("a file may be called help", async () => {
    expect((await shell("ib component validate help")).stderr).toMatch(/^error: no component document at "help"\n/);
    expect((await shell("ib build ./help")).stderr).toMatch(/^error: no recipe at ".\/help"\n/);
    expect((await shell("ib component validate -- -h")).stderr).toMatch(/^error: no component document at "-h"\n/);
  });
});

const FLAGS_OF_VALIDATE = '"--endpoint-url", "--help", "--json", "--os-platforms", "--profile", "--region" or "--role-arn"';

describe("wrong usage", () => {
  test.each([
    [
      "ib component frob",
      'unknown command "component frob"; allowed: "component run" or "component validate"; did you mean "component run"?',
      "",
    ],
    ["ib component --nope", 'give a command before "--nope": "component run" or "component validate"', ""],
    [
      "ib component validate --os-platform linux c.yaml",
      `unknown flag "--os-platform"; allowed: ${FLAGS_OF_VALIDATE}; did you mean "--os-platforms"?`,
    ],
    ["ib component validate c.yaml --frob=5", `unknown flag "--frob"; allowed: ${FLAGS_OF_VALIDATE}`],
    ["ib component validate c.yaml -x", `unknown flag "-x"; allowed: ${FLAGS_OF_VALIDATE}`],
    [
      "ib component validate --os-platforms windos c.yaml",
      '--os-platforms: unknown value "windos"; allowed: "darwin", "linux" or "windows"; did you mean "windows"?',
    ],
    ["ib component validate c.yaml --os-platforms", '--os-platforms needs a value: "darwin", "linux" or "windows"'],
    ["ib component validate c.yaml --json=false", '--json takes no value; found "false"'],
    ["ib component run --plan=no c.yaml", '--plan takes no value; found "no"'],
    ["ib component run c.yaml --parameter", "--parameter needs a value: NAME=VALUE"],
    ["ib component run c.yaml --parameter --plan", "--parameter needs a value: NAME=VALUE"],
    ["ib component run c.yaml --parameter Who", '--parameter needs NAME=VALUE; found "Who"'],
    ["ib component run c.yaml --parameter Who=a --parameter Who=b", '--parameter: "Who" is given twice'],
    ["ib component run c.yaml --in a --in b", "--in is given twice"],
    ["ib component run c.yaml --in a --plan", "--plan cannot be combined with --in"],
    ["ib component run c.yaml --engine docker", "--engine needs --in"],
    ["ib schedule explain 'rate(1 day)' --next many", "--next: expected an integer but received: many"],
    ["ib schedule explain 'rate(1 day)' --next -1", "--next: expected an integer greater than or equal to 0 but received: -1"],
    ["ib completion fis", 'unknown argument "fis"; allowed: "bash", "fish" or "zsh"; did you mean "fish"?', "completion"],
    ["ib completion", "SHELL is missing: the shell: bash, zsh or fish", "completion"],
    ["ib config show now", 'unexpected argument "now"; the command takes none'],
    ["ib distribution plan a b c", 'unexpected argument "c"; the command takes SETTINGS and BUILD'],
    ["ib distribution plan a", "BUILD is missing: the finished image: YAML or JSON; - is standard input"],
    ["ib workflow run c.yaml", "--recipe is missing: the recipe whose components are run"],
    ["ib version explain < c.yaml", "VERSION is missing: such as 1.2.3 or 1.2.3/4"],
  ])("%s", async (line, message, command = line.split(" ").slice(1, 3).join(" ")) => {
    const hint = command === "" ? "ib --help" : `ib ${command} --help`;
    expect(await shell(line)).toEqual({ code: 2, stdout: "", stderr: `${message}\n  try: ${hint}\n` });
  });

  test("a command that does not exist, and a flag without a command, name all commands", async () => {
    const all = config.commandIDs
      .map((id) => id.replaceAll(":", " "))
      .sort()
      .map((name) => `"${name}"`);
    const list = `${all.slice(0, -1).join(", ")} or ${all.at(-1)}`;
    const run = (...words: string[]) => withTemporaryFolder((folder) => ib(words, { folder }));
    const end = "\n  try: ib --help\n";
    expect((await run("frob\u001b[2J")).stderr).toBe(`unknown command "frob\\u001b[2J"; allowed: ${list}${end}`);
    expect((await run("bild")).stderr).toBe(`unknown command "bild"; allowed: ${list}; did you mean "build"?${end}`);
    expect((await run("componet", "validate", "c.yaml")).stderr).toBe(
      `unknown command "componet validate"; allowed: ${list}; did you mean "component validate"?${end}`,
    );
    expect(await run("--frob")).toEqual({ code: 2, stdout: "", stderr: `give a command before "--frob": ${list}${end}` });
  });
});
