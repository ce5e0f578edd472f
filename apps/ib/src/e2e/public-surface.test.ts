// Commands, flags, `--json` and exit codes are public: a change here affects every script that uses `ib`.
import { readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inspectEngines } from "@imagewright/build-hosts";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { Config } from "@oclif/core";
import { describe, expect, test } from "@jest/globals";
import { ib, inShell, type IbRun } from "./ib.js";

const engines = await inspectEngines();

// the path of a command is that of its file
const COMMANDS = readdirSync(join(import.meta.dirname, "..", "commands"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -".ts".length).split("/"))
  .sort((a, b) => (a.join(" ") < b.join(" ") ? -1 : 1));
const NAMES = COMMANDS.map((words) => words.join(" "));
/** Without those that are commands as well, such as `build`. */
const TOPICS = [...new Set(COMMANDS.filter(({ length }) => length > 1).map(([topic = ""]) => topic))].filter(
  (topic) => !NAMES.includes(topic),
);

const DOCUMENT = `name: hello
description: says hello
schemaVersion: 1.0
parameters:
  - Who:
      type: string
      default: world
phases:
  - name: build
    steps:
      - name: Write
        action: CreateFile
        inputs:
          - path: said
            content: hello {{ Who }}
            permissions: 0640
  - name: validate
    steps:
      - name: Check
        action: Assert
        inputs:
          fileExists: said
`;
const POLICY = {
  name: "web",
  executionRole: "arn:aws:iam::123456789012:role/lifecycle",
  resourceType: "AMI_IMAGE",
  policyDetails: [
    { action: { type: "DELETE" }, filter: { type: "AGE", value: 6, unit: "MONTHS", retainAtLeast: 1 } },
    { action: { type: "DEPRECATE" }, filter: { type: "AGE", value: 3, unit: "MONTHS" } },
  ],
  resourceSelection: { recipes: [{ name: "web", semanticVersion: "1.x.x" }] },
};
const IMAGES = ["2026-01-31", "2026-08-05", "2026-09-05", "2026-11-05"].map((dateCreated, index) => ({
  arn: `arn:aws:imagebuilder:us-west-2:123456789012:image/web/1.0.0/${index + 1}`,
  state: { status: "AVAILABLE" },
  dateCreated,
}));
const SETTINGS = {
  name: "to-europe",
  distributions: [
    {
      region: "us-west-2",
      amiDistributionConfiguration: { name: "web {{ imagebuilder:buildDate }}", amiTags: { Stage: "live" } },
      ssmParameterConfigurations: [{ parameterName: "/web/latest" }],
    },
    {
      region: "eu-west-1",
      amiDistributionConfiguration: { targetAccountIds: ["210987654321"], launchPermission: { userIds: ["210987654321"] } },
    },
  ],
};
const BUILD = {
  name: "web",
  version: "1.0.0/3",
  date: "2026-01-02T03:04:05.678Z",
  region: "us-west-2",
  accountId: "123456789012",
  ami: { id: "ami-01a23bc4def5a6789" },
};
const FILES: Readonly<Record<string, string>> = {
  "hello.yaml": DOCUMENT,
  "failing.yaml": DOCUMENT.replace("fileExists: said", "fileExists: unsaid"),
  "broken.yaml": DOCUMENT.replace("{{ Who }}", "{{ Whom }}").replace("action: Assert", "action: Asert"),
  "recipe.yaml": "name: hello\nsemanticVersion: 1.0\nparentImage: mmdebstrap:bookworm\ncomponents:\n  - document: broken.yaml\n",
  "policy.json": JSON.stringify(POLICY, undefined, 2),
  "wrong-policy.json": JSON.stringify({ ...POLICY, resourceType: "VM" }, undefined, 2),
  "images.json": JSON.stringify(IMAGES, undefined, 2),
  "settings.json": JSON.stringify(SETTINGS, undefined, 2),
  "build.json": JSON.stringify(BUILD, undefined, 2),
  "workflow.yaml": "schemaVersion: 1.0\nsteps: [{ name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }]\n",
  "wrong-workflow.yaml": "schemaVersion: 1.0\nsteps: [{ name: Launch, action: LaunchInstance }]\n",
};

/** Runs `ib` in a folder with the files above. */
function besideFiles(start: (folder: string) => Promise<IbRun>): Promise<IbRun> {
  return withTemporaryFolder(async (folder) => {
    for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text);
    const { code, stdout, stderr } = await start(folder);
    return { code, stdout: withoutChance(stdout, folder), stderr };
  });
}

const run = (...parameters: readonly string[]) => besideFiles((folder) => ib(parameters, { folder }));

/** The output without values that differ between runs and machines. */
function withoutChance(text: string, folder: string): string {
  return text
    .replaceAll(folder, "FOLDER")
    .replace(/"(uid|gid)": \d+/g, '"$1": OWNER')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID")
    .replace(/TOE_\d{4}(-\d\d){2}_\d\d(-\d\d){2}_UTC-0_/g, "TOE_TIME_")
    .replaceAll(`${process.platform}-${process.arch} node-${process.version}`, "PLATFORM NODE");
}

describe("help", () => {
  test.each([[], ...TOPICS.map((topic) => [topic]), ...COMMANDS].map((words) => [["ib", ...words, "--help"].join(" "), words] as const))(
    "%s",
    async (_line, words) => {
      const { code, stdout, stderr } = await run(...words, "--help");
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).toMatchSnapshot();
    },
  );

  test("ib --version", async () => {
    const { code, stdout } = await run("--version");
    expect(code).toBe(0);
    expect(stdout).toMatchSnapshot();
  });

  test.each([[[]], ...TOPICS.map((topic) => [[topic]])])("without a command, %j is its help", async (words) => {
    expect(await run(...words)).toEqual(await run(...words, "--help"));
  });
});

test("the arguments and flags of every command, with their kinds and defaults", async () => {
  const config = await Config.load(join(import.meta.dirname, "..", ".."));
  const shown = config.commands.map(({ id, args, flags, strict }) => ({
    command: id.replaceAll(":", " "),
    moreArguments: strict === false,
    args: Object.values(args).map(({ name, required, options }) => oneLine({ name, required, options })),
    flags: Object.values(flags).map((flag) => {
      const { name, type, required, char, exclusive, dependsOn } = flag;
      const given: unknown = flag.default;
      const taken = flag.type === "option" ? { multiple: flag.multiple, options: flag.options, delimiter: flag.delimiter } : {};
      return oneLine({ name, type, required, char, exclusive, dependsOn, default: given, ...taken });
    }),
  }));
  expect(shown.sort((a, b) => (a.command < b.command ? -1 : 1))).toMatchSnapshot();
});

/** The present members, on one line. */
function oneLine(facts: Readonly<Record<string, unknown>>): string {
  return Object.entries(facts)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join(", ");
}

describe("--json, and the exit code", () => {
  test.each([
    "version explain 1.2.3/4",
    "version explain 1.2",
    "version resolve 1.x.x 1.6.8 1.7.8 2.2.4",
    "version resolve 3.x.x 1.6.8",
    "version resolve 1.x 1.6.8",
    "schedule explain 'cron(30 22 ? * tue#2 *)' --timezone Europe/Berlin --at 2026-11-28 --next 2",
    "schedule explain 'rate(7 days)' --created 2026-01-01 --at 2027-01-01 --next 3",
    "schedule explain 'rate(0 days)'",
    "lifecycle preview policy.json images.json --at 2027-01-01",
    "lifecycle preview policy.json images.json --at 2026-12-01 --until 2027-12-01 --every 30",
    "lifecycle preview wrong-policy.json images.json",
    "distribution plan settings.json build.json",
    "distribution plan build.json build.json",
    "component validate hello.yaml failing.yaml",
    "component validate broken.yaml",
    "component validate nowhere.yaml",
    "component run hello.yaml",
    "component run failing.yaml",
    "component run broken.yaml",
    "component run hello.yaml --plan",
    "component run hello.yaml --nope",
    "component run",
    "workflow validate workflow.yaml",
    "workflow validate wrong-workflow.yaml",
    "workflow simulate workflow.yaml --outcome Launch=fail",
    "workflow new --type test",
    "build recipe.yaml",
    "build nowhere.yaml",
    "doctor --engine rkt",
  ])("ib %s", async (line) => {
    const { code, stdout } = await besideFiles((folder) => inShell(`ib ${line} --json`, folder));
    expect(`exit code ${code}\n${stdout}`).toMatchSnapshot();
  });

  // without one the result has no isolation, which an update of the snapshots would then take out of the public surface
  const hasEngine = engines.some(({ usable }) => usable);
  (hasEngine ? test : test.skip)(`ib doctor: the shape of its result${hasEngine ? "" : " (skipped: no usable engine)"}`, async () => {
    const { code, stdout } = await run("doctor", "--json");
    expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ usable: true })]);
    // what it has in `rootless` depends on the user: see doctor.test.ts
    const { rootless, ...result } = JSON.parse(stdout, withRuntime) as Record<string, unknown>;
    expect(rootless).toBeInstanceOf(Array);
    expect(shapeOf(result)).toMatchSnapshot();
  });
});

/** Gives each isolation its runtime, which it has only where one is installed and works. */
function withRuntime(key: string, value: unknown): unknown {
  return key === "isolation" ? { runtime: "crun", ...(value as object) } : value;
}

/** The members of a value and their kinds; the items of a list are merged into one with the members of all. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return [Object.assign({}, ...value.map(shapeOf))];
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shapeOf(member)]));
}
