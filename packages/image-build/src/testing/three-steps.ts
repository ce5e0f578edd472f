import type { ExecutionLease } from "@imagewright/durability";
import { openBuildJournal } from "../builds/journal-of.js";
import type { ImageStore, Reservation } from "../store/image-store.js";

/** The keys of the steps, in their order. */
export const STEPS = ["launch", "reserve number 1", "name image 1"];

export interface ThreeSteps {
  readonly store: ImageStore;
  readonly id: string;
  readonly folder: string;
  readonly lease: ExecutionLease;
}

/** Performs a build of three steps with its journal; says which were made, rather than recorded before. */
export async function performSteps({ store, id, folder, lease }: ThreeSteps): Promise<{ made: string[]; reservation: Reservation }> {
  const made: string[] = [];
  const journal = await openBuildJournal(folder, lease);
  try {
    const durability = journal.durability();
    await durability.step("launch", async () => {
      made.push("launch");
      return "machine";
    });
    const reservation = await durability.step("reserve number 1", () => {
      made.push("reserve number 1");
      return store.reserve({ name: "web", version: "1.0.0", build: id, usedElsewhere: 0, workFolder: folder });
    });
    await durability.step("name image 1", async () => {
      made.push("name image 1");
      return true;
    });
    return { made, reservation };
  } finally {
    await journal.close();
  }
}
