import type { Cancellable } from "../cancellable.js";
import type { BuildHost } from "./build-host.js";
import type { OciImageRef } from "./refs.js";

/** A build host whose images are OCI images in the store of a container engine. */
export interface ContainerHost extends BuildHost {
  /** The image by name or id, from the engine's store; undefined if it is not there. Never asks a registry. */
  resolveImage(reference: string): Promise<OciImageRef | undefined>;
  /**
   * Gives an image made by `createImage` a permanent name, and takes away the temporary one. Repeating it does nothing. A name never moves:
   * one that leads to another image is the error name-taken, with the ids of both. The signal ends the wait for other processes that name.
   */
  keepImage(image: OciImageRef, name: string, options?: Cancellable): Promise<OciImageRef>;
  /** Removes a name of an image, and with its last name the image. A missing name is not an error. */
  removeImage(reference: string): Promise<void>;
  /** The names in the engine's store that begin with `<repository>:`, without it: its tags. */
  listTags(repository: string): Promise<readonly string[]>;
  /**
   * Fetches an image from its registry, even if the store has one of that name. Errors: image-not-found, registry-unreachable, disk-full.
   */
  pullImage(reference: string, options?: Cancellable): Promise<OciImageRef>;
  /**
   * Calls the body with a new folder below `parent` for its temporary files, which is removed afterwards: by `removeOrphans` if this
   * process dies before.
   */
  withTemporaryFolder<Result>(parent: string, body: (folder: string) => Promise<Result>): Promise<Result>;
  /** Imports an image from disk into the engine's store. Errors: layout-invalid, disk-full. */
  importImage(options: ImportOptions): Promise<OciImageRef>;
  /**
   * Writes an image as an OCI image layout. The folder must be new or empty. Returns the digest of the layout's manifest; for an image
   * made by `createImage` it is the digest in the store. Errors: image-not-found, folder-not-empty, disk-full.
   */
  exportImage(reference: string, folder: string, options?: ExportOptions): Promise<{ readonly digest: string }>;
}

export interface ExportOptions extends Cancellable {
  /** The folder of an OCI image layout with some of the same layers, such as an earlier build's. They may be read from there. */
  readonly similar?: string | undefined;
}

export interface ImportOptions extends Cancellable {
  readonly source: ImportSource;
  /** Its name in the store. An image that had the name loses it: for caches only. */
  readonly name: string;
}

export type ImportSource =
  | {
      /** A root file system as an uncompressed tar archive. */
      readonly tar: string;
      /** Creation time of the image; now by default. */
      readonly createdAt?: Date;
    }
  | {
      /** A folder with an OCI image layout. */
      readonly layout: string;
      /** Selects one of its images; not needed for a layout with only one. */
      readonly tag?: string | undefined;
    };
