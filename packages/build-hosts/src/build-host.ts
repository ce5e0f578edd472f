import type { Machine } from "./machine.js";
import type { ImageInfo } from "./image-info.js";
import type { Cancellable } from "./cancellable.js";

/**
 * A place where builds run. What it starts is written to a records before it is started, so that `removeOrphans` finds it
 * whatever became of the process that started it.
 */
export interface BuildHost {
  /** What people call it: "buildah", "docker", "podman". */
  readonly name: string;
  /** The image by name or id, as the host itself knows it; undefined where it does not. Never asks a registry. */
  resolveImage(reference: string): Promise<ImageInfo | undefined>;
  /** Starts a machine from an image that the host has. Errors: image-not-found, disk-full, not-root, engine-failed. */
  launch(options: LaunchOptions): Promise<Machine>;
  /** Gives an image that `commit` made its lasting name; until then it goes away with the process that made it. */
  keepImage(committed: ImageInfo, name: string): Promise<ImageInfo>;
  /** Takes a name from an image, and the image with its last name. A name that is not there is no error. */
  removeImage(reference: string): Promise<void>;
  /** Removes what processes that are dead by now have left behind, and says what. What a live process owns is not touched. */
  removeOrphans(): Promise<readonly Leftover[]>;
}

/** A build host whose images are OCI images. */
export interface ContainerHost extends BuildHost {
  /** Fetches an image from its registry, also where the store has one of that name. Errors: image-not-found, registry-unreachable, disk-full. */
  pullImage(reference: string, options?: Cancellable): Promise<ImageInfo>;
  /** Takes an image from disk into the engine's store. Errors: layout-invalid, disk-full. */
  importImage(options: ImportOptions): Promise<ImageInfo>;
  /**
   * Writes an image as an OCI image layout. The folder must be new or empty. The digest is that of the layout's manifest; for an image
   * that `commit` made it is the digest that the store has. Errors: image-not-found, folder-not-empty, disk-full.
   */
  exportImage(reference: string, folder: string, options?: Cancellable): Promise<{ readonly digest: string }>;
  /** Gives an image one more name. */
  tagImage(reference: string, name: string): Promise<ImageInfo>;
}

export interface LaunchOptions extends Cancellable {
  /** Name or id of an image that the host has. */
  readonly image: string;
  /** Where commands run that name no folder of their own; made where it is missing. By default the image's own. */
  readonly workingDirectory?: string | undefined;
  /** For all commands, over what the image sets. It does not become part of a committed image. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

export interface ImportOptions extends Cancellable {
  readonly source: ImportSource;
  /** The name it gets in the store. An image that had the name loses it. */
  readonly name: string;
}

export type ImportSource =
  | {
      /** A root file system as a tar archive that is not compressed. */
      readonly tar: string;
      /** When the image was made; now where it is left out. */
      readonly createdAt?: Date;
    }
  | {
      /** A folder with an OCI image layout. */
      readonly layout: string;
      /** Which of its images; a layout with only one needs none. */
      readonly tag?: string | undefined;
    };

/** Something that a dead process had left behind. */
export interface Leftover {
  readonly kind: "machine" | "image" | "folder";
  readonly name: string;
  /** When it was started, in ISO 8601. */
  readonly startedAt: string;
}
