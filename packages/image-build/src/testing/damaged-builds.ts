import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { isImagewrightError } from "@imagewright/diagnostics";
import type { ExecutionLease, LeaseRecord } from "@imagewright/durability";
import { checkedText, readCheckedText } from "@imagewright/node-host";
import { writeBuildEnd, type BuildEnd } from "../builds/build-end.js";
import { BuildFolders } from "../builds/build-folders.js";
import { holdBuild, loadBuild, startBuild } from "../builds/held-build.js";
import { listBuilds } from "../builds/list-builds.js";
import type { BuildPlan } from "../plan/build-plan.js";
import { ImageStore, type Reservation } from "../store/image-store.js";
import { performSteps } from "./three-steps.js";

const PLAN: BuildPlan = {
  recipe: { path: "r", name: "web", semanticVersion: "1.0.0", parentImage: "p", workingDirectory: "/tmp", tags: {}, container: {} },
  ...{ components: [], workflows: [], nestedDocuments: [] },
};
const END: BuildEnd = { status: "failed", reason: "a component failed in the stage build", endedAt: "2026-11-28T10:00:00.000Z" };
const CODES = ["image-build/build-not-readable", "durability/journal-damaged"];

/** One change of one file of a build's state: a bit that flips, or a length at which it ends. */
export interface DamageOfBuild {
  readonly file: string;
  readonly place: number;
  /** 0 to 7; undefined if the file ends at this place. */
  readonly bit: number | undefined;
}

/** The state of a small build that was killed, and of one that was killed while it ended, which is damaged in every way and then read. */
export class DamagedBuilds {
  private constructor(
    private readonly folder: string,
    private readonly id: string,
    private readonly reservation: Reservation,
    /** All of them: each bit, and each length, of each file. */
    readonly damages: readonly DamageOfBuild[],
  ) {}

  /** Makes it in a folder of its own, which must not exist. */
  static async make(folder: string): Promise<DamagedBuilds> {
    const held = await startBuild(foldersIn(folder), PLAN, { host: "buildah", pull: false, numbering: "at-end" });
    const { reservation } = await performIn(folder, held);
    writeFileSync(join(held.folder, "stage"), "build");
    const kept = join(folder, "kept");
    cpSync(held.folder, kept, { recursive: true });
    await held.lease.release();
    loseHolder(join(kept, "lease", held.id, "1", "lease.json"));
    const unended = allDamages(kept);
    writeBuildEnd(kept, END);
    return new DamagedBuilds(folder, held.id, reservation, [...unended, ...allDamages(kept).filter(({ file }) => file === "end.json")]);
  }

  /** Damages the state, reads what resuming reads, and returns what is wrong: it must be refused, or be what the undamaged one says. */
  async attempt(damage: DamageOfBuild): Promise<string[]> {
    const folders = foldersIn(this.folder);
    const folder = folders.folderOf(this.id);
    rmSync(folder, { recursive: true, force: true });
    cpSync(join(this.folder, "kept"), folder, { recursive: true });
    if (damage.file !== "end.json") rmSync(join(folder, "end.json"));
    apply(join(folder, damage.file), damage);
    const fault = await this.#faultOf(folders, damage);
    const place = `byte ${damage.place}${damage.bit === undefined ? ", cut off" : `, bit ${damage.bit}`}`;
    return fault === undefined ? [] : [`${damage.file}, ${place}: ${fault}`];
  }

  async #faultOf(folders: BuildFolders, damage: DamageOfBuild): Promise<string | undefined> {
    const [listed] = await listBuilds(folders);
    if (listed?.id !== this.id || listed.status !== "resumable") return `it is listed as ${JSON.stringify(listed)}`;
    const number = await new ImageStore(this.folder).reservationOf(folders.folderOf(this.id), this.id);
    if (!isDeepStrictEqual(number, this.reservation)) return `its number is ${JSON.stringify(number)}`;
    try {
      const held = await loadBuild(await holdBuild(folders, this.id));
      try {
        if (damage.file === "end.json") return "a build that has ended would go on";
        if (!isDeepStrictEqual(held.stored.plan, PLAN) || listed.problem !== undefined) return "it is another build";
        const { made, reservation } = await performIn(this.folder, held);
        const isRight = made.length === 0 && isDeepStrictEqual(reservation, this.reservation);
        return isRight ? undefined : `it makes ${made.join(", ")} with ${JSON.stringify(reservation)}`;
      } finally {
        await held.lease.release();
      }
    } catch (thrown) {
      if (!CODES.some((code) => isImagewrightError(thrown, code))) return String((thrown as Error).stack ?? thrown);
      return damage.file.startsWith("journal.") || listed.problem === (thrown as Error).message ? undefined : "the list does not say it";
    }
  }
}

function performIn(data: string, { id, folder, lease }: { id: string; folder: string; lease: ExecutionLease }) {
  return performSteps({ store: new ImageStore(data), id, folder, lease });
}

function foldersIn(folder: string): BuildFolders {
  return new BuildFolders({ dataFolder: folder, stateFolder: join(folder, "state") });
}

/** As if the process that held the lease had died. */
function loseHolder(lease: string): void {
  const read = readCheckedText(readFileSync(lease), 1);
  if ("reason" in read) throw new Error(read.reason);
  const record = read.value as LeaseRecord;
  writeFileSync(lease, checkedText(1, { ...record, holder: { ...record.holder, startTime: "0" } }));
}

function allDamages(folder: string): DamageOfBuild[] {
  const files = (readdirSync(folder, { recursive: true, withFileTypes: true }) as { isFile(): boolean; parentPath: string; name: string }[])
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return files.sort().flatMap((path) => {
    const places = Array.from(readFileSync(path).keys());
    const file = path.slice(folder.length + 1);
    return [
      ...places.flatMap((place) => [0, 1, 2, 3, 4, 5, 6, 7].map((bit) => ({ file, place, bit }))),
      ...places.map((place) => ({ file, place, bit: undefined })),
    ];
  });
}

function apply(path: string, { place, bit }: DamageOfBuild): void {
  if (bit === undefined) return truncateSync(path, place);
  const bytes = readFileSync(path);
  bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
  writeFileSync(path, bytes);
}
