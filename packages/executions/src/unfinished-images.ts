import { createHash } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ContainerHost } from "@imagewright/build-hosts";
import type { ClaimedImage } from "@imagewright/control-plane";
import type { MadeImage } from "@imagewright/image-build";
import { isRemainder, makeFolders, readCheckedFile, writeCheckedFile } from "@imagewright/node-host";
import type { BuildPlace } from "./build-place.js";
import { imageIdentityOf } from "./image-identity.js";

const FORM = { schema: 1, largest: 64 << 20 };
/** As long as a build of `ib build` can be resumed. */
const RETRY_MILLISECONDS = 24 * 3_600_000;

interface UnfinishedImage {
  /** Of the build in the service. */
  readonly arn: string;
  /** Its name in the engine's store. */
  readonly tag: string;
  readonly made: MadeImage;
  /** ISO 8601. */
  readonly keptAt: string;
}

/**
 * Images that were made and then failed, or were cancelled, at their tests or distribution: RetryImage goes on with them. They are kept for
 * 24 hours under a name of their own.
 */
export class UnfinishedImages {
  readonly #folder: string;

  constructor(
    { dataFolder }: BuildPlace,
    private readonly host: ContainerHost,
  ) {
    this.#folder = join(dataFolder, "service", "unfinished");
  }

  async keep(image: ClaimedImage, made: MadeImage): Promise<void> {
    const { repository, buildVersion } = imageIdentityOf(image);
    const tag = `${repository}:${image.version}-${buildVersion}.unfinished`;
    await makeFolders(this.#folder, 0o700);
    // on record before it has the name, so that it is removed some day
    const unfinished = { arn: image.arn, tag, made: { ...made, image: { ...made.image, reference: tag } } };
    writeCheckedFile(this.#fileOf(image.arn), FORM, { ...unfinished, keptAt: new Date().toISOString() } satisfies UnfinishedImage);
    const kept = await this.host.resolveImage(tag);
    // a retry that ends in this way leaves what an earlier attempt has kept
    if (kept?.id === made.image.id) return;
    if (kept !== undefined) await this.host.removeImage(tag);
    await this.host.keepImage(made.image, tag);
  }

  /** The image that a retry goes on with, and that stays for it; undefined if it is not here any more. */
  async find(arn: string): Promise<MadeImage | undefined> {
    const unfinished = this.#read(this.#fileOf(arn));
    if (unfinished === undefined) return undefined;
    writeCheckedFile(this.#fileOf(arn), FORM, { ...unfinished, keptAt: new Date().toISOString() } satisfies UnfinishedImage);
    return (await this.host.resolveImage(unfinished.tag)) === undefined ? undefined : unfinished.made;
  }

  async forget(arn: string): Promise<void> {
    await this.#remove(this.#fileOf(arn));
  }

  /** Removes those whose time is over. */
  async removeOld(now: Date): Promise<void> {
    for (const name of (await readdir(this.#folder).catch(() => [])).filter((one) => !isRemainder(one))) {
      const path = join(this.#folder, name);
      const keptAt = Date.parse(this.#read(path)?.keptAt ?? "");
      if (!(now.getTime() - keptAt < RETRY_MILLISECONDS)) await this.#remove(path);
    }
  }

  async #remove(path: string): Promise<void> {
    const unfinished = this.#read(path);
    if (unfinished !== undefined && (await this.host.resolveImage(unfinished.tag)) !== undefined)
      await this.host.removeImage(unfinished.tag);
    await rm(path, { force: true });
  }

  #read(path: string): UnfinishedImage | undefined {
    const read = readCheckedFile(path, FORM);
    return read !== undefined && "value" in read ? (read.value as UnfinishedImage) : undefined;
  }

  // ARNs have characters that names of files have not
  #fileOf(arn: string): string {
    return join(this.#folder, `${createHash("sha256").update(arn).digest("hex").slice(0, 32)}.json`);
  }
}
