import type { ContractWorkflow } from "../scene.js";

/** Three steps, of which the second has another key in the variant "new", which goes on after its failure in the variant "careless". */
export const upgraded: ContractWorkflow = async (durability, scene) => {
  const { variant = "old" } = scene.options;
  const value = async () => Promise.resolve(variant);
  await scene.step(durability, "first", value);
  if (variant === "careless") await scene.step(durability, "other", value).catch(() => undefined);
  else await scene.step(durability, variant === "old" ? "second" : "other", value);
  return scene.step(durability, "third", value);
};
