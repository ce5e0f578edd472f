import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { makeFolders } from "@imagewright/node-host";
import { buildHostError } from "../errors.js";
import { machineFolders, standInsFolder } from "../machines/machine-folders.js";
import { writeStandIns } from "../machines/write-stand-ins.js";
import { readDescription, writeDescription, type MachineDescription } from "../machines/machine-description.js";
import { machineId, requireImageName, temporaryImageId, temporaryImageName } from "../names.js";
import type { BuildHost, Leftover, OwnerSet, Request } from "../port/build-host.js";
import type { Collection, CollectRequest } from "../port/collect.js";
import type { ImageOutput } from "../port/image-output.js";
import type { Isolation } from "../port/isolation.js";
import type { JobCursor, JobReading, JobSpec } from "../port/job.js";
import type { ContainerSpec, LaunchSpec } from "../port/launch-spec.js";
import type { JobRef, MachineRef, OciImageRef } from "../port/refs.js";
import type { ShellCommand } from "../port/shell-command.js";
import { orDiskFull } from "../processes/or-disk-full.js";
import type { ResourceRecord, ResourceRecords } from "../records/resource-records.js";
import type { TellWait } from "../processes/telling-waits.js";
import { processOwner } from "../records/process-owner.js";
import { requireUnmounted } from "../records/require-unmounted.js";
import type { Container, Dialect, CallScratch } from "./dialect.js";
import { EngineJobs } from "./engine-jobs.js";
import { awaitLastingCall } from "./lasting-call.js";
import { removeLeftFiles, temporaryFilesIn } from "./temporary-files.js";
import { CONTAINER_CAPABILITIES, requireLaunch, requireOutput } from "./require-capability.js";

type RecordedThing = Pick<ResourceRecord, "kind" | "name">;

/** The machines and jobs of a container engine of this computer. */
export class EngineMachines implements BuildHost {
  readonly capabilities = CONTAINER_CAPABILITIES;

  constructor(
    protected readonly dialect: Dialect,
    protected readonly records: ResourceRecords,
    protected readonly stateFolder: string,
    /** Told what a call waits for. */
    protected readonly tell?: TellWait | undefined,
  ) {}

  get name(): string {
    return this.dialect.name;
  }

  get isolation(): Isolation {
    return this.dialect.isolation;
  }

  async launch(given: LaunchSpec, { owner, token, signal }: Request): Promise<MachineRef> {
    signal?.throwIfAborted();
    const spec = requireLaunch(this.name, this.capabilities, given, "container");
    requireImageName(spec.image);
    const id = machineId(owner, token);
    const container = this.#container(id, spec);
    const { folders } = container;
    await awaitLastingCall(container, { signal, tell: this.tell });
    if (readDescription(folders.description)?.isReady === true && (await this.dialect.hasContainer(container))) return this.#ref(id);
    await this.records.add("machine", this.name, id, owner);
    try {
      // of a launch that was not completed, or whose container was removed by somebody else
      if (existsSync(folders.root)) await this.#removeMachine(container, signal);
      await orDiskFull("launch a machine", async () => {
        for (const folder of [folders.root, folders.jobs, folders.control]) await makeFolders(folder, 0o700);
        await writeStandIns(folders.standIns, spec.standIns ?? {});
        await writeDescription(folders.description, { spec, isReady: false });
        await this.dialect.start(container, spec.image, { signal });
        await writeDescription(folders.description, { spec, isReady: true });
      });
      return this.#ref(id);
    } catch (thrown) {
      // if this fails too, the machine is still recorded; the first failure is the one to report
      await this.#remove({ kind: "machine", name: id }).catch(() => undefined);
      throw thrown;
    }
  }

  async findMachine({ owner, token }: Pick<Request, "owner" | "token">): Promise<MachineRef | undefined> {
    const id = machineId(owner, token);
    return existsSync(machineFolders(this.stateFolder, id).root) ? this.#ref(id) : undefined;
  }

  async startJob(machine: MachineRef, job: JobSpec, token: string): Promise<JobRef> {
    const { spec, container } = await this.#open(machine);
    return new EngineJobs(this.dialect, container).start(machine, job, token, spec);
  }

  async readJob(job: JobRef, cursor: JobCursor): Promise<JobReading> {
    return new EngineJobs(this.dialect, this.#container(job.machine.id)).read(job, cursor);
  }

  async cancelJob(job: JobRef): Promise<void> {
    const description = this.#describe(job.machine.id);
    if (description === undefined) return;
    await new EngineJobs(this.dialect, this.#container(job.machine.id, description.spec)).cancel(job);
  }

  async collect(job: JobRef, request: CollectRequest): Promise<Collection> {
    return new EngineJobs(this.dialect, this.#container(job.machine.id)).collect(job, request);
  }

  async createImage(machine: MachineRef, given: ImageOutput, { owner, token, signal }: Request): Promise<OciImageRef> {
    const output = requireOutput(this.name, this.capabilities, given, "oci");
    const name = temporaryImageName(owner, token);
    await awaitLastingCall(this.#container(machine.id), { signal, tell: this.tell });
    // an engine takes its time to say that there is none
    const made = this.records.has("image", name) ? await this.dialect.inspectImage(name) : undefined;
    if (made !== undefined) return made;
    const { container } = await this.#open(machine);
    await new EngineJobs(this.dialect, container).requireEnd(machine);
    await this.records.add("image", this.name, name, owner);
    try {
      const blobs = await this.#emptyBlobsFolder(name);
      const image = await this.dialect.commit(container, name, output, { signal, blobs });
      if (image === undefined) throw buildHostError("image-not-found", { image: name, engine: this.name });
      return image;
    } catch (thrown) {
      // if this fails too, as on a full disk, the name is still recorded
      await this.#remove({ kind: "image", name }).catch(() => undefined);
      throw thrown;
    }
  }

  async restart(machine: MachineRef): Promise<void> {
    const { container } = await this.#open(machine);
    await new EngineJobs(this.dialect, container).cancelAll(machine);
    await this.dialect.restart(container);
  }

  async shellCommand(machine: MachineRef): Promise<ShellCommand> {
    const { container } = await this.#open(machine);
    if (!(await this.dialect.hasContainer(container))) throw buildHostError("machine-not-found", { machine: machine.id, host: this.name });
    return this.dialect.shellCommand(container);
  }

  terminate(machine: MachineRef): Promise<void> {
    return this.#remove({ kind: "machine", name: machine.id });
  }

  async removeOrphans(liveOwners: OwnerSet): Promise<readonly Leftover[]> {
    await removeLeftFiles(temporaryFilesIn(this.stateFolder));
    const { records: orphans, faults } = await this.records.ofOthers(this.name, liveOwners);
    const failures: unknown[] = [...faults];
    for (const orphan of orphans) await this.#remove(orphan).catch((thrown: unknown) => failures.push(thrown));
    if (failures.length > 0) throw failures[0];
    return orphans.map(({ kind, name, owner, startedAt }) => ({ kind, name, owner, startedAt }));
  }

  /** Calls the body with an empty folder, which is gone afterwards. */
  protected async withScratchFolder<Result>(parent: string, body: (folder: string) => Promise<Result>): Promise<Result> {
    const folder = join(parent, scratchName());
    return this.#withRecorded([{ kind: "folder", name: folder }], folder, () => body(folder));
  }

  /**
   * Calls the body with what it may use on its way, which is gone afterwards; so is the image with the id `replaced`, if it has lost its
   * name.
   */
  protected async withScratch<Result>(
    parent: string,
    body: (scratch: CallScratch) => Promise<Result>,
    replaced: string | undefined,
  ): Promise<Result> {
    const name = scratchName();
    const folder = join(parent, name);
    const things: readonly RecordedThing[] = [
      { kind: "machine", name },
      { kind: "image", name: `localhost/${name}:latest` },
      { kind: "folder", name: folder },
      ...(replaced === undefined ? [] : [{ kind: "image" as const, name: replaced }]),
    ];
    const container = this.#container(name);
    return this.#withRecorded(things, folder, async () => {
      await makeFolders(container.folders.control, 0o700);
      return body({ name, folder, container });
    });
  }

  /** Calls the body with an empty folder and the things on record, which are gone afterwards. */
  async #withRecorded<Result>(things: readonly RecordedThing[], folder: string, body: () => Promise<Result>): Promise<Result> {
    const owner = await processOwner();
    for (const { kind, name } of things) await this.records.add(kind, this.name, name, owner);
    try {
      await makeFolders(folder, 0o700);
      return await body();
    } finally {
      for (const thing of things) await this.#remove(thing);
    }
  }

  async #remove({ kind, name }: RecordedThing): Promise<void> {
    // what a record has becomes a word of a command line
    if (kind !== "folder") requireImageName(name);
    if (kind === "machine") {
      await this.#removeMachine(this.#container(name));
    } else if (kind === "image") await (name.startsWith("sha256:") ? this.dialect.removeUnnamed(name) : this.removeName(name));
    else {
      await requireUnmounted(name);
      await this.dialect.removeFolder(name);
    }
    await this.records.remove(kind, name);
  }

  /** Takes a name of an image away, and what was kept for its export. */
  protected async removeName(reference: string): Promise<void> {
    await this.dialect.untag(reference);
    const blobs = this.blobsFolder(reference);
    if (blobs !== undefined) await rm(blobs, { recursive: true, force: true });
  }

  /** The folder with what was new in an image that `createImage` has made, until it is kept or removed; undefined for other names. */
  protected blobsFolder(reference: string): string | undefined {
    const id = temporaryImageId(reference);
    return id === undefined ? undefined : join(this.stateFolder, "blobs", id);
  }

  async #emptyBlobsFolder(reference: string): Promise<string> {
    const folder = this.blobsFolder(reference) as string;
    await rm(folder, { recursive: true, force: true });
    await orDiskFull("create an image", () => makeFolders(folder, 0o700));
    return folder;
  }

  async #removeMachine(container: Container, signal?: AbortSignal): Promise<void> {
    await awaitLastingCall(container, { signal, tell: this.tell });
    await this.dialect.remove(container);
    await this.dialect.removeFolder(container.folders.root);
  }

  #ref(id: string): MachineRef {
    const { jobsFolder, toolsFolder } = this.dialect;
    return { host: this.name, id, jobsFolder, toolsFolder };
  }

  /** The container of a machine that is ready, in which no call of a killed process works any more. */
  async #open({ id }: MachineRef): Promise<{ readonly spec: ContainerSpec; readonly container: Container }> {
    const description = this.#describe(id);
    if (description?.isReady !== true) throw buildHostError("machine-not-found", { machine: id, host: this.name });
    const container = this.#container(id, description.spec);
    await awaitLastingCall(container, { tell: this.tell });
    return { spec: description.spec, container };
  }

  #describe(id: string): MachineDescription | undefined {
    return readDescription(machineFolders(this.stateFolder, id).description);
  }

  #container(id: string, spec?: ContainerSpec): Container {
    const folders = machineFolders(this.stateFolder, id);
    const tools = Object.entries(spec?.tools ?? {}).map(([name, source]) => ({
      ...{ source, target: `${this.dialect.toolsFolder}/${name}`, isReadOnly: true },
    }));
    const standIns = Object.keys(spec?.standIns ?? {}).map((name) => ({
      ...{ source: join(folders.standIns, name), target: `${standInsFolder(this.dialect)}/${name}`, isReadOnly: true },
    }));
    const jobs = { source: folders.jobs, target: this.dialect.jobsFolder, isReadOnly: false };
    return { name: id, folders, mounts: [jobs, ...tools, ...standIns] };
  }
}

function scratchName(): string {
  return `imagewright-scratch-${randomUUID()}`;
}
