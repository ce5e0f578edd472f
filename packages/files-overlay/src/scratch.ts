import { join } from "node:path";

/** Names for files in the folder with the contents written in the view. */
export class Scratch {
  #last = 0;

  /** `folder` is an empty folder of the overlay's own. Absolute. */
  constructor(readonly folder: string) {}

  newPath(): string {
    return join(this.folder, String(++this.#last));
  }
}
