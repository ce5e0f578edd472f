import { join } from "node:path";
import type { OciImageRef } from "@imagewright/build-hosts";
import type { BuildPlan } from "../plan/build-plan.js";
import type { Reservation } from "../store/image-store.js";
import type { ImageMetadata, PhaseRecord } from "@imagewright/step-actions";
import type { ImageManifest, ManifestWorkflow } from "../store/manifest.js";
import type { StageDurations } from "../workflow/stage-clock.js";

/** All that is known of a build when its image gets its name. */
export interface FinishedBuild {
  readonly plan: BuildPlan;
  readonly build: string;
  /** The name of the build host. */
  readonly host: string;
  readonly parent: OciImageRef;
  readonly image: OciImageRef;
  /** Of the manifest in the OCI layout. */
  readonly digest: string;
  readonly tag: string;
  readonly reservation: Reservation;
  readonly workflows: readonly ManifestWorkflow[];
  readonly phases: readonly PhaseRecord[];
  /** Of the machine that the image was made of, if it was asked. */
  readonly metadata: ImageMetadata | undefined;
  readonly durations: StageDurations;
  readonly logFolder: string;
  readonly startedAt: Date;
  readonly createdAt: Date;
}

/** The content of image.json. */
export function makeManifest(finished: FinishedBuild): ImageManifest {
  const {
    plan,
    build,
    host,
    parent,
    image,
    digest,
    tag,
    reservation,
    workflows,
    phases,
    metadata,
    durations,
    logFolder,
    startedAt,
    createdAt,
  } = finished;
  const { recipe, components } = plan;
  return {
    name: recipe.name,
    version: recipe.semanticVersion,
    buildVersion: reservation.buildVersion,
    ...(recipe.description === undefined ? {} : { description: recipe.description }),
    build,
    created: createdAt.toISOString(),
    platform: image.platform,
    engine: host,
    tag,
    digest,
    ociLayout: join(reservation.folder, "oci"),
    parentImage: { reference: recipe.parentImage, image: parent.reference, digest: parent.digest },
    components: components.map(({ name, version, path, digest: textDigest, parameters }) => ({
      ...{ name, version, document: path, digest: textDigest },
      parameters: Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.value])),
    })),
    workflows,
    phases,
    ...(metadata !== undefined && { osVersion: metadata.osVersion, packages: metadata.packages }),
    durations,
    elapsedSeconds: (createdAt.getTime() - startedAt.getTime()) / 1000,
    logFolder,
    tags: recipe.tags,
  };
}
