import type { ContractWorkflow } from "../scene.js";

/** Two branches, in each of which a step waits for the other's: if one had to wait for the other's end, neither would end. */
export const sideBySide: ContractWorkflow = async (durability, scene) => {
  const arrivals = { a: signalled(), b: signalled() };
  return Promise.all([
    durability.branch("a", (branch) =>
      scene.step(branch, "a/meet", async () => {
        arrivals.a.signal();
        await arrivals.b.promise;
        return "a met b";
      }),
    ),
    durability.branch("b", (branch) =>
      scene.step(branch, "b/meet", async () => {
        arrivals.b.signal();
        await arrivals.a.promise;
        return "b met a";
      }),
    ),
  ]);
};

function signalled(): { readonly promise: Promise<void>; readonly signal: () => void } {
  let signal: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => (signal = resolve));
  return { promise, signal };
}
