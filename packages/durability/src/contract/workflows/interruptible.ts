import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ContractWorkflow } from "../scene.js";

/** A step that lasts until its signal is aborted, unless the file `NAME.go` is there; then a step to clean up, whatever happened. */
export const interruptible: ContractWorkflow = async (durability, scene) => {
  try {
    return await scene.step(durability, "long", async ({ signal }) => {
      if (existsSync(join(scene.folder, `${scene.execution}.go`))) return "whole";
      await sleep(60_000, undefined, { signal }).catch(() => undefined);
      throw new Error("the step was interrupted");
    });
  } finally {
    await scene.step(durability, "clean up", async () => Promise.resolve(null));
  }
};
