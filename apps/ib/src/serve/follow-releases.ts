import { setTimeout as sleep } from "node:timers/promises";
import { readDebianRelease } from "@imagewright/build-hosts";
import type { BaseImage } from "@imagewright/catalogue";
import type { ManagedResources } from "@imagewright/control-plane";
import { describeCause } from "@imagewright/diagnostics";

/** Why the date of a base image's release is not known. */
export interface UnknownRelease {
  /** The name of the base image. */
  readonly image: string;
  readonly cause: string;
  /** The newest version that there is. */
  readonly newest: string | undefined;
}

export interface FollowedReleases {
  readonly images: readonly BaseImage[];
  /** The address of a mirror, or `none`; that of this machine's apt if it is undefined. */
  readonly mirror: string | undefined;
  /** Where versions are stored; of another control plane after a restart of the database. */
  readonly managed: () => Pick<ManagedResources, "addRelease" | "newestRelease">;
  /** Is told once for each reason. */
  readonly onUnknown: (problem: UnknownRelease) => void;
  /** Waits between two looks; until the signal at most. */
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

const DAY = 24 * 3_600_000;
/** A mirror that could not be reached is asked again sooner. */
const HOUR = 3_600_000;

const pauseHere = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  sleep(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);

/** Asks the mirror now and then every day when each base image was released, and stores new versions, until the function is called. */
export function followReleases(followed: FollowedReleases): () => Promise<void> {
  const { pause = pauseHere } = followed;
  if (followed.mirror === "none") return () => Promise.resolve();
  const over = new AbortController();
  const told = new Map<string, string>();
  const follow = async () => {
    while (!over.signal.aborted) {
      let isWhole = true;
      for (const image of followed.images) isWhole = (await lookAt(image, followed, told, over.signal)) && isWhole;
      await pause(isWhole ? DAY : HOUR, over.signal);
    }
  };
  const following = follow();
  return async () => {
    over.abort();
    await following;
  };
}

/** Whether the date of the release was found. */
async function lookAt(
  image: BaseImage,
  { mirror, managed, onUnknown }: FollowedReleases,
  told: Map<string, string>,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const released = await readDebianRelease(image.suite, { mirror, signal });
    // it would be the newest for ever
    if (released.getTime() > new Date().getTime() + DAY)
      throw new Error(`the mirror says ${released.toISOString()}, which is in the future`);
    await managed().addRelease(image, released);
    told.delete(image.name);
    return true;
  } catch (thrown) {
    if (signal.aborted) return true;
    const cause = describeCause(thrown);
    const newest = await managed()
      .newestRelease(image)
      .catch(() => undefined);
    if (told.get(image.name) !== cause) onUnknown({ image: image.name, cause, newest });
    told.set(image.name, cause);
    return false;
  }
}
