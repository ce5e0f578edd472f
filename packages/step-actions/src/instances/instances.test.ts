import type { ContainerHost, MachineRef } from "@imagewright/build-hosts";
import { expect, test } from "@jest/globals";
import { Instances } from "./instances.js";

test("of failed instances that are to be kept, one whose termination has begun is terminated nevertheless", async () => {
  const machines = new Set(["ending", "failed"]);
  const kept: string[] = [];
  // no engine is needed to see what it is asked
  const host = {
    findMachine: async ({ token }: { readonly token: string }) => Promise.resolve(machines.has(token) ? { id: token } : undefined),
    terminate: async ({ id }: MachineRef) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      machines.delete(id);
    },
  } as unknown as ContainerHost;
  const keeps = ({ id }: MachineRef) => kept.push(id) > 0;
  const instances = new Instances({ host, owner: "build", agent: "", keeps });
  instances.beginTermination("ending");
  for (const id of machines) await instances.terminateFailed(id);
  expect([kept, [...machines]]).toEqual([["failed"], ["failed"]]);
});
