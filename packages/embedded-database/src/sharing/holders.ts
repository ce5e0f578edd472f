import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keepAlive, nameOfOwner, stateOfOwner } from "./owner-file.js";

/** The processes that use a server: a file for each use. A killed process leaves its files, and they count no more. */
export class Holders {
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** Adds this process; the function that is returned removes it. */
  async add(): Promise<() => void> {
    const path = join(this.folder, await nameOfOwner());
    writeFileSync(path, "0", { mode: 0o600 });
    const stop = keepAlive(path, String);
    return () => {
      stop();
      rmSync(path, { force: true });
    };
  }

  /** Whether processes use the server: of this machine, or of others only. Forgets those that have ended. */
  async state(): Promise<"none" | "held" | "held-elsewhere"> {
    const names = readdirSync(this.folder);
    const states = await Promise.all(names.map((name) => stateOfOwner(join(this.folder, name), name)));
    names.forEach((name, index) => states[index] === "gone" && rmSync(join(this.folder, name), { force: true }));
    if (states.includes("alive")) return "held";
    return states.includes("elsewhere") ? "held-elsewhere" : "none";
  }
}
