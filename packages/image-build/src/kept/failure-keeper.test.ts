import type { MachineRef } from "@imagewright/build-hosts";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { FailureKeeper } from "./failure-keeper.js";
import { readKept } from "./kept-machine.js";

const machine = (id: string): MachineRef => ({ host: "fake", id, jobsFolder: "/jobs", toolsFolder: "/tools" });
const about = { owner: "b", purpose: "web 1.0.0" };
const shellOf = ({ id }: MachineRef) => ({ environment: {}, words: ["enter", id] });
// only its answers matter here
const host = {
  name: "fake",
  shellCommand: async (asked: MachineRef) =>
    asked.id === "lost" ? Promise.reject(new Error("it is not there")) : Promise.resolve(shellOf(asked)),
};

test("all machines in which a build has failed are on record, each once; not one that the engine has lost", async () =>
  withTemporaryFolder(async (folder) => {
    const keeper = new FailureKeeper(true, []);
    const [lost, one, two] = [machine("lost"), machine("one"), machine("two")] as const;
    for (const failed of [lost, one, two, one]) expect(keeper.keeps(failed)).toBe(true);
    const kept = await keeper.keep(folder, host, about);
    const [first, second] = [one, two].map((failed) => ({ machine: failed, shell: shellOf(failed) }));
    expect(kept).toEqual({ ...about, ...first, host: "fake", keptAt: kept?.keptAt, others: [second] });
    expect(readKept(folder)).toEqual(kept);
  }));

test("nothing is kept unasked, after an abort, or of a machine that is lost", async () =>
  withTemporaryFolder(async (folder) => {
    expect(
      [new FailureKeeper(false, []), new FailureKeeper(true, [AbortSignal.abort()])].map((keeper) => keeper.keeps(machine("one"))),
    ).toEqual([false, false]);
    const keeper = new FailureKeeper(true, []);
    expect(await keeper.keep(folder, host, about)).toBeUndefined();
    keeper.keeps(machine("lost"));
    expect(await keeper.keep(folder, host, about)).toBeUndefined();
    expect(readKept(folder)).toBeUndefined();
  }));
