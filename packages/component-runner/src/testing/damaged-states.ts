import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ActionRegistry } from "@imagewright/action-contract";
import { isImagewrightError, SourceFile } from "@imagewright/diagnostics";
import { checkDocument } from "@imagewright/document-engine";
import { createNodeHost } from "@imagewright/node-host";
import { resumeComponents, runComponents } from "../index.js";

const DOCUMENT = `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Make
        action: ExecuteBash
        inputs: { commands: [echo once >> made] }
      - name: Restart
        action: ExecuteBash
        inputs: { commands: ["test -e restarted && exit 0", touch restarted, exit 194] }
      - name: After
        action: CreateFile
        inputs: [{ path: after, content: right }]
`;

const ID = "run";

/** One change of one file of a state: a bit that flips, or a length at which it ends. */
export interface Damage {
  readonly file: string;
  readonly place: number;
  /** 0 to 7; undefined if the file ends at this place. */
  readonly bit: number | undefined;
}

const CODES = ["state-not-readable", "state-not-found", "log-folder-refused"];

/** A small state of a run that waits for its restart, which is damaged in every way and then resumed. */
export class DamagedStates {
  private constructor(
    private readonly folder: string,
    private readonly registry: ActionRegistry,
    /** All of them: each bit, and each length, of each file. */
    readonly damages: readonly Damage[],
  ) {}

  /** Makes it in a folder of its own, which must not exist. The modules must be those of this platform. */
  static async make(folder: string, registry: ActionRegistry): Promise<DamagedStates> {
    const { document } = checkDocument(new SourceFile("main.yaml", DOCUMENT), { registry, platforms: ["linux"] });
    if (document === undefined) throw new Error("the document has faults");
    const work = join(folder, "work");
    mkdirSync(work, { recursive: true, mode: 0o700 });
    const state = { directory: join(folder, "state"), environment: {}, settings: {} };
    const documents = [{ document, variables: new Map<string, string>() }];
    await runComponents({
      ...context(work, registry),
      executionId: ID,
      documents,
      phases: undefined,
      logDirectory: join(folder, "logs"),
      state,
    });
    for (const name of ["work", "state"]) cpSync(join(folder, name), join(folder, "kept", name), { recursive: true });
    return new DamagedStates(folder, registry, allDamages(join(folder, "state", ID)));
  }

  /** Damages the state, resumes the run, and returns what is wrong about it: it must be refused, or end as an undisturbed one. */
  async attempt(damage: Damage): Promise<string[]> {
    const [state, work] = [join(this.folder, "state"), join(this.folder, "work")];
    for (const name of ["work", "state"]) {
      rmSync(join(this.folder, name), { recursive: true, force: true });
      cpSync(join(this.folder, "kept", name), join(this.folder, name), { recursive: true });
    }
    apply(join(state, ID, damage.file), damage);
    const what = `${damage.file}, byte ${damage.place}${damage.bit === undefined ? ", cut off" : `, bit ${damage.bit}`}`;
    const before = treeOf(work);
    try {
      const { outcome } = await resumeComponents({ ...context(work, this.registry), stateDirectory: state, executionId: ID });
      const after = treeOf(work);
      const right =
        outcome.status === "success" && after === '{"after":"right","made":"once\\n","restarted":""}' && !existsSync(join(state, ID));
      return right ? [] : [`${what}: it ran, is ${outcome.status} and has made ${after}`];
    } catch (thrown) {
      const isRefused = CODES.some((code) => isImagewrightError(thrown, `component-runner/${code}`));
      if (!isRefused) return [`${what}: ${String((thrown as Error).stack ?? thrown)}`];
      // refused before any step, and kept as it is for whoever looks into it
      return treeOf(work) === before && existsSync(join(state, ID, "restart.json"))
        ? []
        : [`${what}: it was refused after something had changed`];
    }
  }
}

function context(folder: string, registry: ActionRegistry) {
  return {
    registry,
    host: createNodeHost(),
    environment: { PATH: process.env["PATH"] ?? "" },
    signal: new AbortController().signal,
    workingDirectory: folder,
  };
}

function allDamages(state: string): Damage[] {
  const files = (readdirSync(state, { recursive: true, withFileTypes: true }) as { isFile(): boolean; parentPath: string; name: string }[])
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return files.sort().flatMap((path) => {
    const places = Array.from(readFileSync(path).keys());
    const file = path.slice(state.length + 1);
    return [
      ...places.flatMap((place) => [0, 1, 2, 3, 4, 5, 6, 7].map((bit) => ({ file, place, bit }))),
      ...places.map((place) => ({ file, place, bit: undefined })),
    ];
  });
}

function apply(path: string, { place, bit }: Damage): void {
  if (bit === undefined) return truncateSync(path, place);
  const bytes = readFileSync(path);
  bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
  writeFileSync(path, bytes);
}

function treeOf(folder: string): string {
  return JSON.stringify(
    Object.fromEntries(
      readdirSync(folder)
        .sort()
        .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
    ),
  );
}
