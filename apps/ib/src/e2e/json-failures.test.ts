// With --json every failure is one object on standard output: { error: { code, message, hints, exitCode, … } }.
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { Config } from "@oclif/core";
import { describe, expect, test } from "@jest/globals";
import { failureJson, type FailureJson } from "../cli/failure-json.js";
import { ib, type IbOptions } from "./ib.js";

const config = await Config.load(join(import.meta.dirname, "..", ".."));
const NO_DATABASE = ["--database-url", "postgresql://127.0.0.1:1/none"];
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  "auth:explain": ["AKIANONE", "GetImage", ...NO_DATABASE],
  backup: ["nowhere/images.backup", ...NO_DATABASE],
  "build:discard": ["b-20261128-000000"],
  "catalogue:show": ["nowhere"],
  "component:run": ["nowhere.yaml"],
  "component:validate": ["nowhere.yaml"],
  "distribution:plan": ["nowhere.yaml", "nowhere.json"],
  "encryption:new-key": ["nowhere/encryption.key"],
  "encryption:rewrap": ["nowhere.key", ...NO_DATABASE],
  "events:resend": ["nowhere", ...NO_DATABASE],
  "image:cancel": ["nowhere", ...NO_DATABASE],
  "image:logs": ["nowhere", ...NO_DATABASE],
  "image:retry": ["nowhere", ...NO_DATABASE],
  "image:show": ["nowhere", ...NO_DATABASE],
  "key:create": ["--user", "ada"],
  "key:rm": ["AKIANONE", ...NO_DATABASE],
  "key:rotate": ["AKIANONE", ...NO_DATABASE],
  "lifecycle:preview": ["nowhere.yaml", "nowhere.json"],
  "pipeline:why": ["nowhere", ...NO_DATABASE],
  restore: ["nowhere.backup", ...NO_DATABASE],
  "schedule:explain": ["nowhere.yaml"],
  "version:explain": ["nowhere"],
  "version:resolve": ["1.x.x", "--from", "nowhere.txt"],
  "workflow:resume": ["Nowhere"],
  "workflow:run": ["nowhere.yaml", "--recipe", "nowhere.yaml"],
  "workflow:simulate": ["nowhere.yaml"],
  "workflow:stop": ["Nowhere"],
  "workflow:validate": ["nowhere.yaml"],
  build: ["nowhere.yaml"],
};
const commands = config.commands.map((command) => ({ ...command, words: command.id.split(":") }));

/** The failure of a command with `--json`: all of its standard output, whose exit code is that of the process. */
async function failureOf(words: readonly string[], options: Partial<IbOptions> = {}): Promise<FailureJson["error"] & { stderr: string }> {
  const run = (folder: string) => ib([...words, "--json"], { folder, ...options });
  const { code, stdout, stderr } = options.folder === undefined ? await withTemporaryFolder(run) : await run(options.folder);
  const { error, ...rest } = JSON.parse(stdout) as FailureJson;
  expect([rest, error.exitCode, Array.isArray(error.hints)]).toEqual([{}, code, true]);
  return { ...error, stderr };
}

describe.each(commands.map((command) => [command.words.join(" "), command] as const))("ib %s", (name, { id, words, args }) => {
  test("has --json", () => {
    expect(config.findCommand(id)?.enableJsonFlag).toBe(true);
  });

  test("an unknown flag", async () => {
    const { message, ...error } = await failureOf([...words, ...(PARAMETERS[id] ?? []), "--frob"]);
    expect(message).toMatch(/^unknown flag "--frob"; allowed: /);
    expect(error).toEqual({ code: "wrong-usage", hints: [`ib ${name} --help`], exitCode: 2, stderr: "" });
  });

  if (Object.values(args).some(({ required }) => required))
    test("a missing argument", async () => {
      const { message, ...error } = await failureOf(words);
      expect(message).toContain(" is missing: ");
      expect(error).toEqual({ code: "wrong-usage", hints: [`ib ${name} --help`], exitCode: 2, stderr: "" });
    });

  if (Object.values(args).some(({ options }) => options === undefined))
    test("something that does not exist", async () => {
      const { code, exitCode, stderr } = await failureOf([...words, ...(PARAMETERS[id] ?? [])]);
      expect([code, exitCode, stderr]).toEqual([expect.stringMatching(/^[a-z-]+(\/[a-z-]+)?$/), 1, ""]);
      expect(["internal", "wrong-usage"]).not.toContain(code);
    });
});

test.each([
  ["a command that does not exist", ["frob"], /^unknown command "frob"; allowed: /],
  ["a command of a topic that does not exist", ["component", "frob"], /^unknown command "component frob"; allowed: /],
  ["no command", [], /^give a command before "--json": /],
])("%s", async (_, words, message) => {
  const error = await failureOf(words);
  expect(error).toEqual({ code: "wrong-usage", message: expect.stringMatching(message), hints: ["ib --help"], exitCode: 2, stderr: "" });
});

test("faults of the input have their places", async () => {
  await withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "a.yaml"), "schemaVersion: 1.0\nphases: []\n");
    const error = await failureOf(["component", "validate", "a.yaml"], { folder });
    expect(error).toMatchObject({ code: "faults-found", message: "the input has faults", hints: [], exitCode: 1 });
    expect(error.diagnostics).toEqual([expect.objectContaining({ file: "a.yaml", severity: "error" })]);
  });
});

const WAITING = `schemaVersion: 1.0
phases: [{ name: build, steps: [{ name: S, action: ExecuteBash, inputs: { commands: ["echo begun >&2; sleep 600"] } }] }]
`;

test("no container engine", async () => {
  await withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "a.yaml"), WAITING);
    await mkdir(join(folder, "bin"));
    const environment = { PATH: join(folder, "bin") };
    const error = await failureOf(["component", "run", "a.yaml", "--in", "mmdebstrap:bookworm"], { folder, environment });
    expect(error).toMatchObject({ code: expect.stringMatching(/^build-hosts\//), exitCode: 1, hints: [expect.any(String)] });
  });
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s before the documents have come", (signal, exitCode) =>
  withTemporaryFolder(async (folder) => {
    const server = createServer((socket) => socket.on("error", () => undefined)).listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const error = await failureOf(["component", "run", "s3://bucket/a.yaml"], {
      folder,
      environment: { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b", AWS_REGION: "eu-west-1", AWS_ENDPOINT_URL: url },
      onStart: (child) => server.once("connection", () => child.kill(signal)),
    });
    server.close();
    expect(error).toMatchObject({ code: "cancelled", message: "cancelled", hints: [], exitCode });
  }),
);

test("an internal error", () => {
  expect(failureJson(new TypeError("a is not a function"), { exitCode: 3, command: "doctor" })).toEqual({
    error: { code: "internal", message: "a is not a function", hints: [], exitCode: 3 },
  });
});
