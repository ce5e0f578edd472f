import type { Json } from "../../json.js";
import type { Durability } from "../../port.js";
import type { ContractWorkflow } from "../scene.js";

/** What breaks the rules of the port, one after the other, with what is thrown. The last one ends the execution. */
export const refusals: ContractWorkflow = async (durability) => {
  const messages: string[] = [];
  const refused = async (operation: Promise<unknown>) => {
    messages.push(
      await operation.then(
        () => "allowed",
        (thrown: Error) => thrown.message,
      ),
    );
  };
  await durability.step("outer", async () => {
    await refused(durability.step("inner", nothing));
    await refused(durability.branch("inner branch", nothing));
  });
  const running = durability.step("running", nothing);
  await refused(durability.step("meanwhile", nothing));
  await refused(durability.now());
  await running;
  const branches = durability.branch("long", async (branch) => branch.step("step", nothing));
  await refused(durability.wait("message", 1));
  await branches;
  await refused(joinLate(durability));
  await refused(durability.step("running", nothing));
  await refused(durability.step("", nothing));
  await refused(durability.step("x".repeat(201), nothing));
  await refused(durability.step<Json>("date", async () => Promise.resolve({ a: [new Date(0)] } as unknown as Json)));
  await refused(durability.step("after that", nothing));
  return messages;
};

/** Starts a branch when another has ended while a third one of its group is still running. */
async function joinLate(durability: Durability): Promise<void> {
  let end: () => void = () => undefined;
  // not made in the branch: its body may begin only after the others have ended
  const ended = new Promise<void>((resolve) => (end = resolve));
  const third = durability.branch("third", () => ended);
  try {
    await durability.branch("short", nothing);
    await durability.branch("late", nothing);
  } finally {
    end();
    await third;
  }
}

async function nothing(): Promise<void> {
  return Promise.resolve();
}
