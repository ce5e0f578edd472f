import type { ContractWorkflow } from "../scene.js";

/**
 * Steps, of which one is in a branch. The variant "new" has one more before the second, and another one in the branch; the variant "newer"
 * has one more before the last, too.
 */
export const patched: ContractWorkflow = async (durability, scene) => {
  const { variant = "old" } = scene.options;
  const isNewer = variant === "newer";
  const has = (of: typeof durability, change: string, since: boolean) => (since ? of.patch(change) : Promise.resolve(false));
  const value = (text: string) => async () => Promise.resolve(text);
  const made: string[] = [];
  const step = async (name: string) => made.push(await scene.step(durability, name, value(name)));
  await step("first");
  if (await has(durability, "added", variant !== "old")) await step("added");
  await step("second");
  const side = await durability.branch("side", async (branch) => {
    const name = (await has(branch, "replaced", variant !== "old")) ? "side/new" : "side/old";
    return scene.step(branch, name, value(name));
  });
  made.push(side);
  if (await has(durability, "last", isNewer)) await step("newest");
  await step("third");
  return made;
};
