import type { ContainerHost, ImportOptions, LaunchOptions, Leftover } from "../build-host.js";
import type { Cancellable } from "../cancellable.js";
import type { ImageInfo } from "../image-info.js";
import { machineName } from "../engine-names.js";
import { buildHostError } from "../errors.js";
import type { ResourceRecords, ResourceRecord } from "../records/resource-records.js";
import type { Machine } from "../machine.js";
import { layoutDigest, requireEmpty } from "../oci/layout.js";
import { ContainerMachine } from "./container-machine.js";
import type { Dialect } from "./dialect.js";

/** A container engine of this computer as a build host. */
export class EngineHost implements ContainerHost {
  constructor(
    private readonly dialect: Dialect,
    private readonly records: ResourceRecords,
  ) {}

  get name(): string {
    return this.dialect.name;
  }

  resolveImage(reference: string): Promise<ImageInfo | undefined> {
    return this.dialect.inspectImage(reference);
  }

  async launch(options: LaunchOptions): Promise<Machine> {
    options.signal?.throwIfAborted();
    await this.#require(options.image);
    const name = machineName();
    await this.records.add("machine", this.name, name);
    const machine = new ContainerMachine(name, this.dialect, this.records, options);
    try {
      await this.dialect.start(name, options.image, options);
      return machine;
    } catch (thrown) {
      // if this fails too, the name is still recorded; report the first failure
      await machine.terminate().catch(() => undefined);
      throw thrown;
    }
  }

  async keepImage(committed: ImageInfo, name: string): Promise<ImageInfo> {
    await this.dialect.tag(committed.reference, name);
    await this.removeImage(committed.reference);
    return this.#require(name);
  }

  async removeImage(reference: string): Promise<void> {
    await this.dialect.untag(reference);
    await this.records.remove("image", reference);
  }

  async removeOrphans(): Promise<readonly Leftover[]> {
    const entries = await this.records.leftovers(this.name);
    const failures: unknown[] = [];
    for (const entry of entries) await this.#remove(entry).catch((thrown: unknown) => failures.push(thrown));
    // one that cannot be removed does not prevent the removal of the others
    if (failures.length > 0) throw failures[0];
    return entries.map(({ kind, name, startedAt }) => ({ kind, name, startedAt }));
  }

  async pullImage(reference: string, options: Cancellable = {}): Promise<ImageInfo> {
    await this.dialect.pull(reference, options);
    return this.#require(reference);
  }

  async importImage({ source, name, signal }: ImportOptions): Promise<ImageInfo> {
    await this.dialect.importImage(source, name, { signal });
    return this.#require(name);
  }

  async exportImage(reference: string, folder: string, options: Cancellable = {}): Promise<{ readonly digest: string }> {
    await requireEmpty(folder);
    await this.#require(reference);
    await this.dialect.exportImage(reference, folder, options);
    return { digest: await layoutDigest(folder) };
  }

  async tagImage(reference: string, name: string): Promise<ImageInfo> {
    await this.dialect.tag(reference, name);
    return this.#require(name);
  }

  async #remove({ kind, name }: ResourceRecord): Promise<void> {
    if (kind === "machine") await this.dialect.remove(name);
    else await this.dialect.untag(name);
    await this.records.remove(kind, name);
  }

  async #require(reference: string): Promise<ImageInfo> {
    const image = await this.dialect.inspectImage(reference);
    if (image === undefined) throw buildHostError("image-not-found", { image: reference, engine: this.name });
    return image;
  }
}
