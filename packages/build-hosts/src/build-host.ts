import type { Machine } from "./machine.js";
import type { ImageInfo } from "./image-info.js";
import type { Cancellable } from "./cancellable.js";

/**
 * A place where builds run. What it starts is recorded before it is started, so that `removeOrphans` finds it
 * even if the process that started it was killed.
 */
export interface BuildHost {
  /** Its name: "buildah", "docker", "podman". */
  readonly name: string;
  /** The image by name or id, from the host's own store; undefined if it is not there. Never asks a registry. */
  resolveImage(reference: string): Promise<ImageInfo | undefined>;
  /** Starts a machine from an image that the host has. Errors: image-not-found, disk-full, not-root, engine-failed. */
  launch(options: LaunchOptions): Promise<Machine>;
  /** Gives an image made by `commit` its permanent name; until then it is an orphan once the process that made it has ended. */
  keepImage(committed: ImageInfo, name: string): Promise<ImageInfo>;
  /** Removes a name of an image, and with its last name the image. A missing name is not an error. */
  removeImage(reference: string): Promise<void>;
  /**
   * Removes machines and images left by processes that are no longer running, and returns them. Those of running processes are not touched.
   */
  removeOrphans(): Promise<readonly Leftover[]>;
}

/** A build host whose images are OCI images. */
export interface ContainerHost extends BuildHost {
  /**
   * Fetches an image from its registry, even if the store has one of that name. Errors: image-not-found, registry-unreachable, disk-full.
   */
  pullImage(reference: string, options?: Cancellable): Promise<ImageInfo>;
  /** Imports an image from disk into the engine's store. Errors: layout-invalid, disk-full. */
  importImage(options: ImportOptions): Promise<ImageInfo>;
  /**
   * Writes an image as an OCI image layout. The folder must be new or empty. Returns the digest of the layout's manifest; for an image
   * made by `commit` it is the digest in the store. Errors: image-not-found, folder-not-empty, disk-full.
   */
  exportImage(reference: string, folder: string, options?: Cancellable): Promise<{ readonly digest: string }>;
  /** Gives an image one more name. */
  tagImage(reference: string, name: string): Promise<ImageInfo>;
}

export interface LaunchOptions extends Cancellable {
  /** Name or id of an image in the host's store. */
  readonly image: string;
  /** The default working directory of commands; made if it is missing. By default the image's own. */
  readonly workingDirectory?: string | undefined;
  /** For all commands, in addition to the image's environment. Not part of a committed image. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

export interface ImportOptions extends Cancellable {
  readonly source: ImportSource;
  /** Its name in the store. An image that had the name loses it. */
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

/** A machine or image left by a process that is no longer running. */
export interface Leftover {
  readonly kind: "machine" | "image" | "folder";
  readonly name: string;
  /** When it was started, in ISO 8601. */
  readonly startedAt: string;
}
