import type { OciImageRef } from "@imagewright/build-hosts";
import type { Durability } from "@imagewright/durability";
import { buildError } from "../errors.js";
import type { BuildPlan } from "../plan/build-plan.js";
import { makeManifest, type FinishedBuild } from "../steps/make-manifest.js";
import { imageTag, nameImage } from "../steps/name-image.js";
import { highestNumber, reserveNumber } from "../steps/reserve-number.js";
import type { Reservation } from "../store/image-store.js";
import type { ImageManifest } from "../store/manifest.js";
import type { BuildParts } from "./parts.js";

export interface KeepRequest extends Omit<FinishedBuild, "createdAt" | "host" | "build" | "tag" | "reservation"> {
  readonly plan: BuildPlan;
  readonly image: OciImageRef;
  /** The number that was taken at the start; undefined if it is taken now. */
  readonly reserved: Reservation | undefined;
  /** Where the image is in the store of the engine, if that is not by its name. */
  readonly repository?: string | undefined;
  /** The highest number in the engine a moment ago, if it was looked up: one that was taken since is noticed when the image is named. */
  readonly highestNumber: number | undefined;
}

/**
 * Gives the image its number, its name and its manifest, in this order: a manifest never names what is not there, and what has a name is on
 * record until it has a manifest. A name that another image got meanwhile is left to it, and the next number is taken.
 */
export async function keepImage(durability: Durability, parts: BuildParts, request: KeepRequest): Promise<ImageManifest> {
  const { recipe } = request.plan;
  const createdAt = await durability.now();
  for (let attempt = 1, used = request.highestNumber; ; attempt++) {
    const reservation = request.reserved ?? (await durability.step(`reserve number ${attempt}`, () => reserveNumber(parts, recipe, used)));
    const tag = imageTag(recipe, reservation, request.repository);
    const named = await durability.step(`name image ${attempt}`, ({ signal }) => nameImage(parts, reservation, request.image, tag, signal));
    if (named) {
      const manifest = makeManifest({ ...request, createdAt, host: parts.host.name, build: parts.build, tag, reservation });
      return durability.step("publish", () => parts.store.publish(reservation, `${parts.folder}/oci`, manifest));
    }
    if (request.reserved !== undefined) throw buildError("name-lost", { tag });
    await durability.step(`release number ${attempt}`, () => parts.store.release(reservation, { keepNumber: false }));
    used = Math.max(reservation.buildVersion, await durability.step(`look up numbers ${attempt}`, () => highestNumber(parts, recipe)));
  }
}
