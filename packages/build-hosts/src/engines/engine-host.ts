import { join } from "node:path";
import type { Cancellable } from "../cancellable.js";
import { buildHostError } from "../errors.js";
import { layoutDigest, requireEmpty } from "../oci/layout.js";
import { requireImageName } from "../names.js";
import type { ContainerHost, ExportOptions, ImportOptions } from "../port/container-host.js";
import type { OciImageRef } from "../port/refs.js";
import { EngineMachines } from "./engine-machines.js";
import { withLock } from "./store-lock.js";

/** A container engine of this computer as a build host. */
export class EngineHost extends EngineMachines implements ContainerHost {
  async resolveImage(reference: string): Promise<OciImageRef | undefined> {
    requireImageName(reference);
    return this.dialect.inspectImage(reference);
  }

  async keepImage(image: OciImageRef, name: string, { signal }: Cancellable = {}): Promise<OciImageRef> {
    requireImageName(name);
    // engines move a name that is taken without a word, so looking and naming are one under a lock
    const lock = { folder: await this.dialect.lockFolder(), name: "imagewright-names", signal, tell: this.tell };
    await withLock(lock, async () => {
      const holder = await this.dialect.inspectImage(name);
      if (holder !== undefined && holder.id !== image.id)
        throw buildHostError("name-taken", { name, engine: this.name, holder: holder.id, image: image.id });
      if (holder === undefined) await this.dialect.tag(image.id, name);
    });
    await this.removeImage(image.reference);
    return { ...image, reference: name };
  }

  async removeImage(reference: string): Promise<void> {
    requireImageName(reference);
    await this.removeName(reference);
    await this.records.remove("image", reference);
  }

  async listTags(repository: string): Promise<readonly string[]> {
    // who asks for the names that are taken will soon take one; dialects remember where the lock for it is
    const [tags] = await Promise.all([this.dialect.listTags(repository), this.dialect.lockFolder()]);
    return tags;
  }

  async pullImage(reference: string, options: Cancellable = {}): Promise<OciImageRef> {
    requireImageName(reference);
    await this.dialect.pull(reference, options);
    return this.#require(reference);
  }

  async importImage({ source, name, signal }: ImportOptions): Promise<OciImageRef> {
    requireImageName(name);
    const earlier = await this.dialect.inspectImage(name);
    await this.withScratch(
      join(this.stateFolder, "scratch"),
      (scratch) => this.dialect.importImage(source, name, { ...scratch, signal }),
      earlier?.id,
    );
    return this.#require(name);
  }

  async exportImage(reference: string, folder: string, options: ExportOptions = {}): Promise<{ readonly digest: string }> {
    await requireEmpty(folder);
    const image = await this.#require(reference);
    const { signal, similar } = options;
    await this.withScratchFolder(join(this.stateFolder, "scratch"), (scratch) =>
      this.dialect.exportImage(image, folder, { folder: scratch, signal }, { blobs: this.blobsFolder(reference), similar }),
    );
    return { digest: await layoutDigest(folder) };
  }

  withTemporaryFolder<Result>(parent: string, body: (folder: string) => Promise<Result>): Promise<Result> {
    return this.withScratchFolder(parent, body);
  }

  async #require(reference: string): Promise<OciImageRef> {
    requireImageName(reference);
    const image = await this.dialect.inspectImage(reference);
    if (image === undefined) throw buildHostError("image-not-found", { image: reference, engine: this.name });
    return image;
  }
}
