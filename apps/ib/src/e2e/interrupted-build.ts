import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { chooseBuildHost } from "@imagewright/build-hosts";
import type { ImageManifest } from "@imagewright/image-build";
import { checkedText, readCheckedText } from "@imagewright/node-host";
import { expect } from "@jest/globals";
import { containersOf, imagesIn, leftInData } from "./engine-state.js";
import { ib, type IbRun } from "./ib.js";
import { slowedEngine } from "./slowed-engine.js";
import { importSmallImage } from "./small-image.js";

const ENGINE = "buildah";

/** The keys of the steps that the journal has, in their order. */
type When = (keys: readonly string[], id: string, pid: number) => boolean | Promise<boolean>;

/** A recipe in a folder of its own, with what its builds may and may not leave. */
export interface BuildFolder {
  readonly folder: string;
  readonly data: string;
  readonly name: string;
  readonly parent: string;
  ib(...parameters: string[]): Promise<IbRun>;
  /** Starts a build and kills it with -9 as soon as its journal says so; `command` is a step of its component. Returns the build's id. */
  startAndKill(when: When, command?: string): Promise<string>;
  /** The same, with an engine each of whose calls, but for jobs, takes a second longer, half of it before and half after its work. */
  startSlowedAndKill(when: When): Promise<string>;
  /** The same at one of the last steps: the build may have succeeded before the kill comes. */
  startAndKillLate(when: When): Promise<string>;
  resumeAndKill(id: string, when: When): Promise<void>;
  /** The keys of the steps that the build's journal has recorded the end of. */
  recordedSteps(id: string): Promise<string[]>;
  /** Makes the last sign of life of a build older. */
  makeOlder(id: string, hours: number): Promise<void>;
  /** Resumes a build, which succeeds. It may have succeeded before: it takes a moment to see the last steps in the journal, and to kill. */
  expectResumed(id: string): Promise<void>;
  /** Exactly one image is there: its manifest, its layout and its tag agree, and nothing else is left. */
  expectOneImage(): Promise<void>;
  expectNothing(): Promise<void>;
}

interface Killing {
  readonly when: When;
  /** Whether it may end before. */
  readonly mayEnd?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

const component = (command: string) => `name: greeter
schemaVersion: 1.0
parameters: [{ Who: { type: string } }]
phases:
  - name: build
    steps:
      - { name: Write, action: CreateFile, inputs: [{ path: /srv/greeting, content: "hello {{ Who }}" }] }
      - { name: Work, action: ExecuteBash, inputs: { commands: [${JSON.stringify(command)}] } }
  - name: test
    steps:
      - { name: IsThere, action: Assert, inputs: { fileExists: /srv/greeting } }
`;

/** Runs the body with a recipe, and removes all that it has made. */
export async function withBuildFolder(body: (build: BuildFolder) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "imagewright-build-"));
  const name = `interrupted-${folder.slice(-6).toLowerCase()}`;
  const parent = `localhost/imagewright-test/${name}:1`;
  const { host } = await chooseBuildHost({ preferred: ENGINE, stateFolder: join(folder, "parent-state") });
  try {
    await importSmallImage(host, parent);
    await writeFile(
      join(folder, "recipe.yaml"),
      `name: ${name}\nsemanticVersion: 1.0.0\nparentImage: ${parent}\ncomponents: [{ document: greeter.yaml, parameters: [{ name: Who, value: who }] }]\n`,
    );
    await writeFile(join(folder, "greeter.yaml"), component("true"));
    await body(new RealBuildFolder(folder, name, parent));
  } finally {
    for (const tag of imagesIn(ENGINE, name)) spawnSync(ENGINE, ["rmi", "--force", tag]);
    await rm(folder, { recursive: true, force: true });
  }
}

class RealBuildFolder implements BuildFolder {
  readonly data: string;

  constructor(
    readonly folder: string,
    readonly name: string,
    readonly parent: string,
  ) {
    this.data = join(folder, "home");
  }

  ib(...parameters: string[]): Promise<IbRun> {
    return ib(parameters, { folder: this.folder });
  }

  async startAndKill(when: When, command = "true"): Promise<string> {
    await writeFile(join(this.folder, "greeter.yaml"), component(command));
    return this.#runAndKill(["build", "recipe.yaml", "--engine", ENGINE], { when });
  }

  async startSlowedAndKill(when: When): Promise<string> {
    const environment = await slowedEngine(ENGINE, this.folder);
    return this.#runAndKill(["build", "recipe.yaml", "--engine", ENGINE], { when, environment });
  }

  recordedSteps(id: string): Promise<string[]> {
    return recordedSteps(join(this.data, "builds", id, "journal.jsonl"));
  }

  startAndKillLate(when: When): Promise<string> {
    return this.#runAndKill(["build", "recipe.yaml", "--engine", ENGINE], { when, mayEnd: true });
  }

  async resumeAndKill(id: string, when: When): Promise<void> {
    await this.#runAndKill(["build", "--resume", id], { when });
  }

  async #runAndKill(parameters: readonly string[], { when, mayEnd = false, environment }: Killing): Promise<string> {
    let isOver = false;
    let watching: Promise<string> | undefined;
    const ended = ib(parameters, {
      folder: this.folder,
      ...(environment !== undefined && { environment }),
      onStart: (process) => {
        watching = this.#watch(when, () => isOver, process.pid ?? 0).finally(() => process.kill("SIGKILL"));
      },
    });
    const { code, stderr } = await ended.finally(() => (isOver = true));
    if (code === 0 && mayEnd) return /^build (\S+)$/m.exec(stderr)?.[1] ?? "";
    if (code !== null) throw new Error(`the build ended before it was killed:\n${stderr}`);
    return (await watching) ?? "";
  }

  async makeOlder(id: string, hours: number): Promise<void> {
    const before = new Date(Date.now() - hours * 3_600_000);
    const folder = join(this.data, "builds", id);
    await utimes(join(folder, "journal.jsonl"), before, before);
    const lease = join(folder, "lease", id, "1", "lease.json");
    const read = readCheckedText(await readFile(lease), 1);
    if ("reason" in read) throw new Error(`${lease}: ${read.reason}`);
    await writeFile(lease, checkedText(1, { ...(read.value as object), expiresAt: before.toISOString() }));
  }

  async expectResumed(id: string): Promise<void> {
    const { code, stderr } = await this.ib("build", "--resume", id);
    const ended = `error: build "${id}" cannot be resumed or discarded: it has succeeded: ${this.name} 1.0.0/1\n`;
    if (stderr !== ended) expect([code, stderr]).toEqual([0, expect.stringContaining("is built and tested in ")]);
  }

  async expectOneImage(): Promise<void> {
    const tag = `localhost/${this.name}:1.0.0-1`;
    const images = join(this.data, "images", this.name, "1.0.0");
    expect(await readdir(images)).toEqual(["1"]);
    expect((await readdir(join(images, "1"))).sort()).toEqual(["image.json", "oci"]);
    const manifest = JSON.parse(await readFile(join(images, "1", "image.json"), "utf8")) as ImageManifest;
    const index = JSON.parse(await readFile(join(images, "1", "oci", "index.json"), "utf8")) as { manifests: { digest: string }[] };
    expect(manifest).toMatchObject({ buildVersion: 1, tag, digest: index.manifests[0]?.digest, ociLayout: join(images, "1", "oci") });
    expect(manifest.phases.map(({ phase, status, steps }) => [phase, status, steps])).toEqual([
      ["build", "success", 2],
      ["test", "success", 1],
    ]);
    expect(digestOf(tag)).toBe(manifest.digest);
    await this.#expectNothingElse([tag]);
  }

  async expectNothing(): Promise<void> {
    expect(await readdir(join(this.data, "images", this.name, "1.0.0")).catch(() => [])).toEqual([]);
    await this.#expectNothingElse([]);
  }

  async #expectNothingElse(tags: readonly string[]): Promise<void> {
    const names = imagesIn(ENGINE, this.name).filter((image) => image !== this.parent);
    expect([names, containersOf(ENGINE, this.parent), await leftInData(this.data), processesIn(this.data)]).toEqual([tags, [], [], []]);
  }

  async #watch(when: When, isOver: () => boolean, pid: number): Promise<string> {
    for (;;) {
      const [id] = await readdir(join(this.data, "builds")).catch(() => []);
      const isStored = id !== undefined && existsSync(join(this.data, "builds", id, "build.json"));
      const keys = id === undefined ? [] : await recordedSteps(join(this.data, "builds", id, "journal.jsonl"));
      if (isOver() || (isStored && (await when(keys, id, pid)))) return id ?? "";
      await sleep(2);
    }
  }
}

/** The keys of the steps that a journal has recorded the end of. */
export async function recordedSteps(journal: string): Promise<string[]> {
  // it is not there yet, or the build has ended
  const text = await readFile(journal, "utf8").catch(() => "");
  const lines = text.split("\n").slice(1, -1);
  const entries = lines.map((line) => (JSON.parse(line) as { entry: { kind: string; key: string; outcome?: object } }).entry);
  return entries.filter(({ kind, outcome }) => kind === "step" && outcome !== undefined).map(({ key }) => key);
}

function digestOf(image: string): string {
  return spawnSync(ENGINE, ["inspect", "--type", "image", "--format", "{{.FromImageDigest}}", image], { encoding: "utf8" }).stdout.trim();
}

/** The processes of this machine that have a folder in their command line. */
function processesIn(folder: string): string[] {
  const printed = spawnSync("ps", ["-eo", "args"], { encoding: "utf8" }).stdout;
  return printed.split("\n").filter((line) => line.includes(folder));
}
