import { once } from "node:events";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { safeJson } from "@imagewright/diagnostics";
import { checkedText } from "@imagewright/node-host";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { HOSTILE, HOSTILE_NAME, rawCharacters, showOnScreen } from "@imagewright/test-kit/terminal";
import { describe, expect, test } from "@jest/globals";
import { Client } from "pg";
import { ib } from "./ib.js";
import { createPipeline, createSources } from "./testing/pipelines.js";
import { clientOf, withService } from "./testing/service.js";

/** A value in YAML and JSON, with the characters as escapes. */
const json = (value: unknown) => String(safeJson(value));
const H = json(HOSTILE);

const steps = (...lines: readonly string[]) =>
  `schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n${lines.map((line) => `      - ${line}\n`).join("")}`;
const NOTHING = "{ name: Nothing, action: ExecuteBash, inputs: { commands: ['true'] } }";
const COMPONENT = steps(NOTHING);
const RECIPE = {
  name: "web",
  semanticVersion: "1.0.0",
  parentImage: "mmdebstrap:bookworm",
  components: [{ path: "c.yaml" }],
};
const POLICY = {
  name: "keep",
  executionRole: "arn:aws:iam::123456789012:role/lifecycle",
  resourceType: "AMI_IMAGE",
  status: "ENABLED",
  policyDetails: [{ action: { type: "DELETE" }, filter: { type: "COUNT", value: 1 } }],
  resourceSelection: { recipes: [{ name: "web", semanticVersion: "x.x.x" }] },
};
const BUILD = {
  name: "web",
  version: "1.0.0/3",
  date: "2026-01-02T03:04:05Z",
  region: "us-west-2",
  accountId: "123456789012",
  ami: { id: "ami-01a23bc4def5a6789" },
};

const WORKFLOW = `schemaVersion: 1.0
steps:
  - name: Launch
    action: LaunchInstance
    onFailure: Abort
    inputs: { waitFor: ssmAgent }
`;

const OWN_CATALOGUE = `components: [{ name: own-tool, semanticVersion: 1.0.0, platform: Linux, description: ${H}, document: c.yaml }]\n`;

interface Place {
  readonly what: string;
  readonly command: readonly string[];
  /** Texts by file; bytes as they are. */
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Output of commands or lines of a source, in which tabs stay. */
  readonly tabs?: boolean;
  /** What is shown if the text is not: a place that does not print it. */
  readonly instead?: string;
}

const run = (file: string, ...more: readonly string[]) => ["component", "run", file, "--log-directory", "logs", ...more];

const PLACES: readonly Place[] = [
  { what: "the name of a document", command: run("c.yaml"), files: { "c.yaml": `name: ${H}\n${COMPONENT}` } },
  { what: "the name of a step", command: ["component", "validate", "c.yaml"], files: { "c.yaml": COMPONENT.replace("Nothing", H) } },
  {
    what: "the name of a phase",
    command: ["component", "validate", "c.yaml"],
    files: { "c.yaml": COMPONENT.replace("name: build", `name: ${H}`) },
  },
  {
    what: "a command that a step misses",
    command: run("c.yaml"),
    files: {
      "c.yaml": steps(
        `{ name: A, action: ExecuteBash, inputs: { commands: [${json('echo "$0: line 1: ${N}: command not found" >&2')}] } }`,
      ),
    },
    environment: { N: HOSTILE.replace(/[\n\r\u2028\u2029]/g, "") },
  },
  { what: "an action", command: ["component", "validate", "c.yaml"], files: { "c.yaml": COMPONENT.replace("ExecuteBash", H) } },
  { what: "a key of a document", command: ["component", "validate", "c.yaml"], files: { "c.yaml": `${H}: 1\n${COMPONENT}` } },
  {
    what: "characters in a document",
    tabs: true,
    command: ["component", "validate", "c.yaml"],
    files: { "c.yaml": `nmae: a # ${HOSTILE}\n${COMPONENT}` },
  },
  {
    what: "the file of a document",
    command: ["component", "validate", `${HOSTILE_NAME}.yaml`],
    files: { [`${HOSTILE_NAME}.yaml`]: "nmae: a\n" },
  },
  {
    what: "the file of a document that fails",
    command: run(`${HOSTILE_NAME}.yaml`),
    files: { [`${HOSTILE_NAME}.yaml`]: COMPONENT.replace("'true'", "'false'") },
  },
  { what: "a file that does not exist", command: ["component", "validate", HOSTILE] },
  {
    what: "the path of an action",
    command: run("c.yaml"),
    files: { "c.yaml": steps(`{ name: Read, action: ReadFile, inputs: [{ path: ${H} }] }`) },
  },
  {
    what: "the parameter of an action",
    command: run("c.yaml"),
    files: { "c.yaml": steps(`{ name: Own, action: SetFileOwner, inputs: [{ path: c.yaml, owner: ${H} }] }`) },
  },
  {
    what: "a command line",
    command: run("c.yaml"),
    files: { "c.yaml": steps(`{ name: Run, action: ExecuteBinary, inputs: { path: ${H} } }`) },
  },
  {
    what: "what a step prints",
    command: run("c.yaml"),
    files: { "c.yaml": steps("{ name: Print, action: ExecuteBash, inputs: { commands: [cat out; exit 3] } }"), out: `${HOSTILE}\n` },
    tabs: true,
  },
  {
    what: "what a step prints on standard error",
    command: run("c.yaml"),
    files: { "c.yaml": steps("{ name: Print, action: ExecuteBash, inputs: { commands: [cat out >&2; exit 3] } }"), out: HOSTILE },
    tabs: true,
  },
  {
    what: "a condition",
    command: run("c.yaml"),
    files: { "c.yaml": steps(`{ name: Check, action: Assert, inputs: { stringEquals: a, value: ${H} } }`) },
  },
  { what: "the name of a parameter", command: run("c.yaml", "--parameter", `${HOSTILE}=1`), files: { "c.yaml": COMPONENT } },
  {
    what: "the value of a parameter",
    command: run("c.yaml", "--parameter", `Who=${HOSTILE}`),
    files: { "c.yaml": `parameters:\n  - Who: { type: string, default: a, allowedValues: [a] }\n${COMPONENT}` },
  },
  {
    what: "a parameter without a value",
    command: run("c.yaml", "--parameter", HOSTILE.replaceAll("=", "")),
    files: { "c.yaml": COMPONENT },
  },
  {
    what: "a path in a plan",
    command: run("c.yaml", "--plan"),
    files: { "c.yaml": steps(`{ name: Make, action: CreateFile, inputs: [{ path: ${json(HOSTILE_NAME)}, content: a }] }`) },
  },
  {
    what: "a target in a plan",
    command: run("c.yaml", "--plan"),
    files: { "c.yaml": steps(`{ name: Link, action: CreateSymlink, inputs: [{ path: l, target: ${json(HOSTILE_NAME)} }] }`) },
  },
  {
    what: "a short content in a plan",
    command: run("c.yaml", "--plan"),
    files: { "c.yaml": steps(`{ name: Make, action: CreateFile, inputs: [{ path: a, content: ${json(HOSTILE_NAME)} }] }`) },
  },
  {
    what: "a long content in a plan",
    command: run("c.yaml", "--plan"),
    files: { "c.yaml": steps(`{ name: Make, action: CreateFile, inputs: [{ path: a, content: ${json(`first\n${HOSTILE}`)} }] }`) },
  },
  {
    what: "commands in a plan",
    command: run("c.yaml", "--plan"),
    files: { "c.yaml": steps(`{ name: Run, action: ExecuteBash, inputs: { commands: [${H}] } }`) },
  },
  {
    what: "a failure in a plan",
    command: run("c.yaml", "--plan"),
    files: { "c.yaml": steps(`{ name: Read, action: ReadFile, inputs: [{ path: ${H} }] }`) },
  },
  {
    what: "a plan as JSON",
    command: run("c.yaml", "--plan", "--json"),
    files: { "c.yaml": steps(`{ name: Run, action: ExecuteBash, inputs: { commands: [${H}] } }`) },
  },
  {
    what: "the fields of a recipe",
    command: ["build", "r.json"],
    files: { "r.json": json({ ...RECIPE, name: HOSTILE }), "c.yaml": COMPONENT },
  },
  {
    what: "the parent image of a recipe",
    command: ["build", "r.json"],
    files: { "r.json": json({ ...RECIPE, semanticVersion: HOSTILE }), "c.yaml": COMPONENT },
  },
  {
    what: "a component of a recipe",
    command: ["build", "r.json"],
    files: { "r.json": json({ ...RECIPE, components: [{ path: HOSTILE }] }) },
  },
  { what: "an id of a build", command: ["build", "--resume", HOSTILE] },
  { what: "an id of a build to discard", command: ["build", "discard", HOSTILE] },
  {
    what: "an image",
    command: run("c.yaml", "--in", HOSTILE, "--engine", "podman"),
    files: { "c.yaml": COMPONENT, "bin/podman": "#!/bin/sh\necho no >&2; exit 125\n" },
    instead: "podman",
  },
  {
    what: "what an engine prints",
    command: run("c.yaml", "--in", "localhost/a", "--engine", "podman"),
    files: { "c.yaml": COMPONENT, text: HOSTILE, "bin/podman": '#!/bin/sh\ncat "${0%/*}/../text" >&2; exit 125\n' },
  },
  {
    what: "what engines print to doctor",
    command: ["doctor"],
    files: {
      text: HOSTILE,
      "bin/podman": '#!/bin/sh\ncat "${0%/*}/../text" >&2; exit 125\n',
      "bin/buildah": '#!/bin/sh\ncat "${0%/*}/../text" >&2; exit 125\n',
    },
  },
  { what: "a Region in the settings", command: ["config", "show"], environment: { AWS_REGION: HOSTILE } },
  { what: "an address in the settings", command: ["config", "show", "--json"], environment: { AWS_ENDPOINT_URL: `http://${HOSTILE}` } },
  { what: "the data folder", command: ["config", "show"], environment: { IMAGEWRIGHT_HOME: `/tmp/${HOSTILE_NAME}` } },
  { what: "the configuration file", command: ["config", "show"], environment: { IMAGEWRIGHT_CONFIG: HOSTILE } },
  {
    what: "a key of the configuration file",
    command: ["config", "show"],
    files: { "config.yaml": `${H}: 1\n` },
    environment: { IMAGEWRIGHT_CONFIG: "config.yaml" },
  },
  { what: "the data folder of a server", command: ["serve", "status"], environment: { IMAGEWRIGHT_HOME: `/tmp/${HOSTILE_NAME}` } },
  { what: "a bus of events", command: ["serve", "--event-bus", HOSTILE] },
  { what: "the source of events", command: ["serve"], environment: { IMAGEWRIGHT_EVENT_SOURCE: HOSTILE } },
  {
    what: "a file with the secret of webhooks",
    command: ["serve", "--event-webhook", "https://example.org/", "--event-webhook-secret-file", HOSTILE_NAME],
    files: { [HOSTILE_NAME + "/a"]: "" },
  },
  { what: "the webhooks of a configuration", command: ["config", "show"], environment: { IMAGEWRIGHT_EVENT_WEBHOOK: HOSTILE } },
  { what: "an address to listen at", command: ["serve", "--listen", HOSTILE] },
  { what: "the account of a server", command: ["serve"], environment: { IMAGEWRIGHT_ACCOUNT: HOSTILE } },
  { what: "a file for variables", command: ["serve", "--env-file", HOSTILE_NAME], files: { [HOSTILE_NAME]: "" } },
  {
    what: "a database's URL",
    command: ["serve", "--database-url", `postgresql://127.0.0.1:1/${encodeURI(HOSTILE_NAME)}`],
    instead: "%1B",
  },
  { what: "a version", tabs: true, command: ["version", "explain", HOSTILE] },
  { what: "a pattern of versions", tabs: true, command: ["version", "resolve", "1.x.x", HOSTILE] },
  { what: "a file of versions", command: ["version", "resolve", "1.x.x", "--from", HOSTILE] },
  {
    what: "versions of a file",
    tabs: true,
    command: ["version", "resolve", "1.x.x", "--from", "v"],
    files: { v: HOSTILE.replaceAll("\r", "") },
  },
  { what: "an expression", tabs: true, command: ["schedule", "explain", `cron(${HOSTILE})`] },
  { what: "a time zone", tabs: true, command: ["schedule", "explain", "rate(7 days)", "--timezone", HOSTILE] },
  {
    what: "a pipeline's schedule",
    command: ["schedule", "explain", "p.json"],
    files: { "p.json": json({ name: HOSTILE, schedule: { scheduleExpression: HOSTILE } }) },
  },
  {
    what: "a policy",
    command: ["lifecycle", "preview", "p.json", "i.json"],
    files: { "p.json": json({ ...POLICY, name: HOSTILE, [HOSTILE]: 1 }), "i.json": "[]" },
  },
  {
    what: "images",
    command: ["lifecycle", "preview", "p.json", "i.json"],
    files: { "p.json": json(POLICY), "i.json": json([{ arn: HOSTILE }]) },
  },
  {
    what: "distribution settings",
    command: ["distribution", "plan", "s.json", "b.json"],
    files: { "s.json": json({ name: "a", distributions: [{ region: HOSTILE }] }), "b.json": json(BUILD) },
  },
  {
    what: "the names of distributed images",
    command: ["distribution", "plan", "s.json", "b.json"],
    files: {
      "s.json": json({
        name: "a",
        distributions: [
          { region: "eu-west-1", amiDistributionConfiguration: { name: "a", amiTags: { Stage: HOSTILE }, description: HOSTILE } },
        ],
      }),
      "b.json": json(BUILD),
    },
    instead: "eu-west-1",
  },
  { what: "a key of a workflow", command: ["workflow", "validate", "w.yaml"], files: { "w.yaml": `${H}: 1\n${WORKFLOW}` } },
  {
    what: "the name of a workflow's step",
    command: ["workflow", "validate", "w.yaml"],
    files: { "w.yaml": WORKFLOW.replace("Launch", H) },
  },
  {
    what: "the file of a workflow",
    command: ["workflow", "validate", `${HOSTILE_NAME}.yaml`],
    files: { [`${HOSTILE_NAME}.yaml`]: "nmae: a\n" },
  },
  {
    what: "a condition in a simulation",
    command: ["workflow", "simulate", "w.yaml"],
    files: { "w.yaml": `${WORKFLOW}    if: { stringEquals: a, value: ${H} }\n` },
  },
  {
    what: "an outcome in a simulation",
    command: ["workflow", "simulate", "w.yaml", "--outcome", `${HOSTILE.replaceAll("=", "")}=fail`],
    files: { "w.yaml": WORKFLOW },
  },
  {
    what: "the value of a variable in a simulation",
    command: ["workflow", "simulate", "w.yaml", "--variable", `${HOSTILE.replaceAll("=", "")}=1`],
    files: { "w.yaml": WORKFLOW },
  },
  {
    what: "a parameter of a workflow that is run",
    command: ["workflow", "run", "w.yaml", "--recipe", "r.json", "--parameter", `${HOSTILE.replaceAll("=", "")}=1`],
    files: { "w.yaml": WORKFLOW, "r.json": json(RECIPE), "c.yaml": COMPONENT },
  },
  {
    what: "the recipe of a workflow that is run",
    command: ["workflow", "run", "w.yaml", "--recipe", HOSTILE],
    files: { "w.yaml": WORKFLOW },
  },
  {
    what: "the description of an entry of the catalogue",
    command: ["catalogue", "ls", "--catalogue", "."],
    files: { "catalogue.yaml": OWN_CATALOGUE, "c.yaml": COMPONENT },
  },
  {
    what: "the document of an entry of the catalogue",
    tabs: true,
    command: ["catalogue", "show", "own-tool", "--catalogue", "."],
    files: { "catalogue.yaml": OWN_CATALOGUE, "c.yaml": `# ${HOSTILE.replace(/[\n\r\u0085\u2028\u2029]/g, "")}\n${COMPONENT}` },
  },
  { what: "a name that the catalogue does not have", command: ["catalogue", "show", HOSTILE] },
  { what: "the folder of a catalogue", command: ["catalogue", "ls", "--catalogue", HOSTILE_NAME] },
  { what: "a step that is to go on", command: ["workflow", "resume", HOSTILE, "--reason", HOSTILE] },
  { what: "a step that is to stop", command: ["workflow", "stop", HOSTILE, "--reason", HOSTILE] },
  { what: "a type of workflows", command: ["workflow", "new", "--type", HOSTILE] },
  { what: "a command", command: [HOSTILE] },
  { what: "the help of a command", command: [HOSTILE, "--help"] },
  { what: "a flag", command: ["build", `--${HOSTILE}`] },
  { what: "the value of a flag", command: ["build", "r.yaml", "--engine", HOSTILE] },
  { what: "an argument too many", command: ["version", "explain", "1.2.3", HOSTILE] },
];

async function prepare(folder: string, files: Readonly<Record<string, string>> = {}): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(join(path, ".."), { recursive: true });
    await writeFile(path, text);
    if (name.startsWith("bin/")) await chmod(path, 0o755);
  }
}

describe("what is external is written out", () => {
  test.each(PLACES)("$what", ({ command, files, environment, tabs = false, instead }) =>
    withTemporaryFolder(async (folder) => {
      await prepare(folder, files);
      const PATH = `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`;
      const { stdout, stderr } = await ib(command, { folder, environment: { PATH, ...environment } });
      const printed = stdout + stderr;
      expect({ raw: rawCharacters(printed, { tabs }), shown: printed.includes(instead ?? "\\u001b") || printed }).toEqual({
        raw: [],
        shown: true,
      });
      expect(await showOnScreen(printed)).toMatchObject({ styled: [], effects: [] });
    }),
  );

  test("what a container is kept for, in the list of builds", () =>
    withTemporaryFolder(async (folder) => {
      const run = join(folder, "home", "runs", "r-20261128-00000a");
      await mkdir(run, { recursive: true, mode: 0o700 });
      const machine = { host: "buildah", id: "m", jobsFolder: "/j", toolsFolder: "/t" };
      const shell = { environment: { A: HOSTILE }, words: ["sh", HOSTILE] };
      const kept = { owner: "r-20261128-00000a", host: "buildah", machine, purpose: HOSTILE, keptAt: "2026-11-28T00:00:00Z", shell };
      await writeFile(join(run, "kept.json"), checkedText(1, kept), { mode: 0o600 });
      for (const more of [[], ["--json"]]) {
        const { code, stdout, stderr } = await ib(["build", "--resume", ...more], { folder });
        expect([code, rawCharacters(stdout + stderr), stdout.includes("\\u001b")]).toEqual([0, [], true]);
      }
    }));

  test("what clients ask of a server that runs, in its log and on its standard error", () =>
    withService(async (start, { folder }) => {
      const server = start(["--request-log", "stderr"]);
      const { address } = await server.answering;
      await ask(address);
      server.child.kill("SIGTERM");
      const { stdout, stderr } = await server.ended;
      expect({ raw: rawCharacters(stdout + stderr), stderr }).toEqual({ raw: [], stderr: expect.stringContaining('"path":"/GetImage"') });
      const second = start();
      await ask((await second.answering).address);
      const status = await ib(["serve", "status"], { folder });
      second.child.kill("SIGTERM");
      await second.ended;
      const log = await readFile(join(folder, "home", "server", "requests.jsonl"), "utf8");
      expect([rawCharacters(log), log.includes('"path":"/GetImage"'), rawCharacters(status.stdout + status.stderr)]).toEqual([
        [],
        true,
        [],
      ]);
    }));

  test("what a pipeline's log has from other servers, and the name that is asked for", () =>
    withService(async (start, { folder, databaseUrl }) => {
      const server = await start(["--role", "api"]).answering;
      const client = await clientOf(server);
      await createSources(client);
      await createPipeline(client, "nightly", { schedule: undefined });
      const database = new Client(databaseUrl);
      await database.connect();
      await database.query(
        `insert into pipeline_evaluation (pipeline_id, due_at, evaluated_at, outcome, reason, updates, notes)
         select id, now(), now(), 'skipped', $1, '[]', $2 from resource where kind = 'image-pipeline'`,
        [HOSTILE, JSON.stringify([HOSTILE])],
      );
      await database.end();
      for (const name of ["nightly", HOSTILE]) {
        const { stdout, stderr } = await ib(["pipeline", "why", name], { folder, environment: { IMAGEWRIGHT_DATABASE_URL: databaseUrl } });
        expect([name, rawCharacters(stdout + stderr), stdout + stderr]).toEqual([name, [], expect.stringContaining("\\u001b")]);
      }
    }));

  /** Bytes above ASCII are let through in headers, and become characters. */
  async function ask(address: string): Promise<void> {
    const { port, hostname } = new URL(address);
    const socket = connect(Number(port), hostname);
    const credential = "Credential=KEY\u009b2J/20261129/eu-\u00a0/imagebuilder/aws4_request, SignedHeaders=host, Signature=00";
    const lines = ["GET /GetImage HTTP/1.1", "Host: a", "Connection: close", `Authorization: AWS4-HMAC-SHA256 ${credential}`, "", ""];
    socket.end(Buffer.from(lines.join("\r\n"), "latin1"));
    socket.resume();
    await once(socket, "close");
  }

  test("the reason in a server's answer", () =>
    withTemporaryFolder(async (folder) => {
      const server = createServer((socket) =>
        socket.on("data", () => socket.end(`HTTP/1.1 404 No\u001b]0;TITLE\u0007\u001b[2J\u009b8m\r\ncontent-length: 0\r\n\r\n`)),
      );
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo;
      await writeFile(
        join(folder, "c.yaml"),
        steps(`{ name: Get, action: WebDownload, inputs: [{ source: "http://127.0.0.1:${port}/file", destination: file }] }`),
      );
      const { stderr } = await ib(run("c.yaml"), { folder });
      server.close();
      expect([rawCharacters(stderr), /404.*/.exec(stderr)?.[0]]).toEqual([[], expect.stringContaining("404")]);
    }));
});
