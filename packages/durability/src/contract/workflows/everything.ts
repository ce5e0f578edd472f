import { setTimeout as sleep } from "node:timers/promises";
import { ImagewrightError, isImagewrightError } from "@imagewright/diagnostics";
import type { Json } from "../../json.js";
import type { ContractWorkflow } from "../scene.js";

/** Every operation once, with results that show whether a continued execution saw what the first one did. */
export const everything: ContractWorkflow = async (durability, scene) => {
  const first = await scene.step(durability, "first", async () => Promise.resolve({ number: 1, list: ["a", null, { deep: true }] }));
  const time = (await durability.now()).toISOString();
  scene.reach("after the time");
  const recorded = await scene.step(durability, "time", async () => Promise.resolve(time));
  const sides = await Promise.all(
    ["left", "right"].map((side) =>
      durability.branch(side, async (branch) => {
        const name = `${side}/same key`;
        const one = await scene.step(branch, name, async () => Promise.resolve(`${side} one`));
        const two = await scene.step(branch, `${side}/second`, async () => Promise.resolve(`${one}, two`));
        return { side, two };
      }),
    ),
  );
  scene.reach("after branches");
  const failures: Json[] = [];
  for (const name of ["refused", "broken"])
    failures.push(await scene.step(durability, name, () => Promise.reject(failure(name))).catch(describe));
  scene.reach("after failures");
  const inner = await durability
    .branch("failing", async (branch) => scene.step(branch, "failing/step", () => Promise.reject(failure("broken"))))
    .catch(describe);
  const message = await durability.wait("message", 60_000);
  scene.reach("after the message");
  const none = (await durability.wait("nothing", 1)) ?? "timed out";
  scene.reach("after the timeout");
  await durability.step("no result", async () => sleep(1));
  const last = await scene.step(durability, "last", async () => Promise.resolve(first.number + 1));
  return { first, sameTime: recorded === time, sides, failures, inner, message: message ?? null, none, last };
};

function failure(name: string): Error {
  if (name === "broken") return Object.assign(new TypeError("it broke", { cause: new Error("for a reason") }), { code: "EBROKEN" });
  return new ImagewrightError("test/refused", "forbidden", { message: "it is refused", hints: ["ask somebody"] }, { by: "nobody" });
}

function describe(thrown: unknown): Json {
  const { name, message, code, cause } = thrown as Error & { readonly code: string };
  const causeText = cause instanceof Error ? cause.message : null;
  if (!isImagewrightError(thrown)) return { name, message, code, cause: causeText };
  return { name, message, code, errorClass: thrown.errorClass, hints: thrown.hints, data: thrown.data as Json, cause: causeText };
}
