// Runs the real `ib serve` as a process, and speaks to it as clients do.
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { chmod, readFile } from "node:fs/promises";
import { once } from "node:events";
import { join } from "node:path";
import { CreateComponentCommand, ImagebuilderClient } from "@aws-sdk/client-imagebuilder";
import { BUILT_IN_CATALOGUE } from "@imagewright/catalogue";
import { createTestDatabase } from "@imagewright/embedded-database/testing";
import { withTemporaryFolder } from "@imagewright/test-kit";
import type { ServerRecord } from "../../serve/server-record.js";
import { IB, type IbRun } from "../ib.js";

/** How many resources with a document come with a service that has one Region. */
export const MANAGED = BUILT_IN_CATALOGUE.components.length + BUILT_IN_CATALOGUE.workflows.length;

export type ServedJson = ServerRecord & { readonly secretAccessKey?: string };

export interface ServerProcess {
  readonly child: ChildProcess;
  /** What it has printed with `--json`; rejects if it ends before it answers. */
  readonly answering: Promise<ServedJson>;
  readonly ended: Promise<IbRun>;
}

export interface ServerOptions {
  /** The data folder is `home` in it. */
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** What is before `ib` on the command line, as to become another user. */
  readonly prefix?: readonly string[];
  /** The `ib` of another version. */
  readonly program?: string;
}

/**
 * Starts `ib serve --json` on a free port, as a shell does: through Node alone, Node would take `--env-file`. It only
 * answers, unless its role is given; without a container engine, so that images stay PENDING, unless PATH is given.
 */
export function serve(
  parameters: readonly string[],
  { folder, environment = {}, prefix = [], program = IB }: ServerOptions,
): ServerProcess {
  const listen = parameters.includes("--listen") ? [] : ["--listen", "127.0.0.1:0"];
  const role = parameters.includes("--role") ? [] : ["--role", "api"];
  const [file = "", ...given] = [...prefix, program, "serve", "--json", ...listen, ...role, ...parameters];
  const path = role.length === 0 ? pathWithoutEngines(folder) : (process.env["PATH"] ?? "");
  const env = { PATH: path, HOME: folder, IMAGEWRIGHT_HOME: join(folder, "home"), NO_COLOR: "1" };
  // where there is no mirror, a server says so
  Object.assign(env, { IMAGEWRIGHT_DEBIAN_MIRROR: "none" }, environment);
  const child = spawn(file, given, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, stdout, stderr }));
  const answering = new Promise<ServedJson>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
      if (stdout.endsWith("\n}\n") && !stdout.startsWith('{\n  "error"')) resolve(JSON.parse(stdout) as ServedJson);
    });
    void ended.then(({ code }) => reject(new Error(`ib serve ended with ${code}: ${stdout}${stderr}`)));
  });
  // it may be that nobody asks
  answering.catch(() => undefined);
  return { child, answering, ended };
}

/** A PATH with what starts `ib`, and nothing else. */
function pathWithoutEngines(folder: string): string {
  const path = join(folder, "bin");
  mkdirSync(path, { recursive: true });
  const programs = { node: process.execPath, sh: "/bin/sh", env: "/usr/bin/env" };
  for (const [name, program] of Object.entries(programs)) if (!existsSync(join(path, name))) symlinkSync(program, join(path, name));
  return path;
}

/** Runs the body with a folder for servers, which are killed afterwards, and an empty database of their own. */
export function withService(
  body: (
    start: (parameters?: readonly string[], folder?: string, environment?: ServerOptions["environment"]) => ServerProcess,
    place: { folder: string; databaseUrl: string },
  ) => Promise<void>,
): Promise<void> {
  return withTemporaryFolder(async (folder) => {
    const database = await createTestDatabase({ name: "ib serve", migrate: () => Promise.resolve() });
    const started: ServerProcess[] = [];
    try {
      await body(
        (parameters = [], own = folder, environment = {}) => {
          const server = serve(parameters, { folder: own, environment: { IMAGEWRIGHT_DATABASE_URL: database.url, ...environment } });
          started.push(server);
          return server;
        },
        { folder, databaseUrl: database.url },
      );
    } finally {
      for (const { child } of started) child.kill("SIGKILL");
      await Promise.all(started.map(({ ended }) => ended));
      await database.drop();
    }
  });
}

/** A folder through which the user of root's database can come. */
export function withReachableFolder(body: (folder: string) => Promise<void>): Promise<void> {
  return withTemporaryFolder(async (folder) => {
    await chmod(folder, 0o711);
    await body(folder);
  });
}

/** A client with the key that the server's file of credentials has. */
export async function clientOf({ endpoint, regions, credentialsFile }: ServedJson): Promise<ImagebuilderClient> {
  const text = await readFile(credentialsFile, "utf8");
  const [, accessKeyId = "", secretAccessKey = ""] = /^aws_access_key_id = (.*)\naws_secret_access_key = (.*)$/m.exec(text) ?? [];
  const region = regions[0] ?? "";
  return new ImagebuilderClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 });
}

const DOCUMENT = "schemaVersion: 1.0\nphases: [{ name: build, steps: [{ name: A, action: ExecuteBash, inputs: { commands: [true] } }] }]\n";

/** Creates a component, and returns its ARN when the server has acknowledged it. */
export async function createComponent(client: ImagebuilderClient, name: string): Promise<string> {
  const input = { name, semanticVersion: "1.0.0", platform: "Linux", data: DOCUMENT } as const;
  return (await client.send(new CreateComponentCommand(input))).componentBuildVersionArn ?? "";
}
