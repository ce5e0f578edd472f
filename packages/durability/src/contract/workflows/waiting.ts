import type { ContractWorkflow } from "../scene.js";

/** Waits for one message in a branch, and again for the same one outside of it. */
export const waiting: ContractWorkflow = async (durability, scene) => {
  const timeout = scene.options.timeoutMilliseconds ?? 60_000;
  const inside = await durability.branch("branch", async (branch) => {
    scene.reach("waiting");
    return (await branch.wait("message", timeout)) ?? "timed out";
  });
  return { inside, again: (await durability.wait("message", 0)) ?? "timed out" };
};
