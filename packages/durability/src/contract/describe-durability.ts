import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Executions, type DurabilityUnderTest } from "./child.js";
import { EVERYTHING, MESSAGE, REFUSALS } from "./expected.js";
import { expectContinued } from "./kill.js";

/** The contract of the port. Each adapter calls this function in a test file of its own. */
export function describeDurability(name: string, make: () => Promise<DurabilityUnderTest>): void {
  describe(`the durability contract: ${name}`, () => {
    let under: DurabilityUnderTest;
    let folder: string;
    let executions: Executions;
    beforeAll(async () => {
      under = await make();
      folder = await mkdtemp(join(tmpdir(), "imagewright-durability-"));
      executions = new Executions(under, folder);
    });
    afterAll(async () => {
      await under.cleanUp();
      await rm(folder, { recursive: true, force: true });
    });

    test("operations run in order; an execution that has ended gives the same again, without an effect", async () => {
      await executions.send("plain", "message", MESSAGE);
      expect(await executions.run("plain", "everything")).toEqual({ result: EVERYTHING });
      const effects = executions.effects("plain");
      const steps = [
        "first",
        "time",
        "left/same key",
        "right/same key",
        "left/second",
        "right/second",
        "refused",
        "broken",
        "failing/step",
      ];
      expect(Object.keys(effects).sort()).toEqual([...steps, "last"].sort());
      const tokens = Object.values(effects).flat();
      expect(tokens).toHaveLength(steps.length + 1);
      expect(new Set(tokens).size).toBe(tokens.length);
      for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9._-]{1,100}$/);
      expect(await executions.run("plain", "everything")).toEqual({ result: EVERYTHING });
      expect(executions.effects("plain")).toEqual(effects);
    });

    test("processes that are killed before, inside of and after each operation, one after the other, are followed by one that ends", async () => {
      const points = [...new Set(executions.log("plain").filter((line) => !line.startsWith("effect ")))];
      expect(points.length).toBeGreaterThan(40);
      // while the points of one branch are passed, the other one ends
      const ofRight = points.filter((point) => point.includes("right/"));
      const others = points.filter((point) => !ofRight.includes(point));
      await expectContinued(executions, "killed", others);
      await expectContinued(executions, "killed-right", ofRight);
    }, 600_000);

    test("a step in which processes are killed again and again keeps its token", async () => {
      await expectContinued(executions, "killed-often", ["inside first", "ending first", "inside first", "ending first"]);
    }, 120_000);

    test("branches run side by side, and their tokens differ although their keys are the same", async () => {
      expect(await executions.run("meeting", "sideBySide")).toEqual({ result: ["a met b", "b met a"] });
      const { "a/meet": a, "b/meet": b } = executions.effects("meeting");
      expect(a).not.toEqual(b);
    });

    test("a message is received that was sent before, and while it is waited for; the first one stands", async () => {
      expect(await executions.send("early", "message", "first")).toEqual({ result: true });
      expect(await executions.send("early", "message", "second")).toEqual({ result: false });
      expect(await executions.send("early", "other", "other")).toEqual({ result: true });
      expect(await executions.run("early", "waiting")).toEqual({ result: { inside: "first", again: "first" } });
      const { printed } = executions.start("meanwhile", "waiting");
      await executions.reached("meanwhile", "waiting");
      await executions.send("meanwhile", "message", { yes: [1] });
      expect(await printed).toEqual({ result: { inside: { yes: [1] }, again: { yes: [1] } } });
    }, 60_000);

    test("a wait goes on after a kill, until its message or the end of its first timeout", async () => {
      for (const execution of ["sent-to-dead", "late"]) {
        const { child, printed } = executions.start(execution, "waiting", { timeoutMilliseconds: execution === "late" ? 2000 : 60_000 });
        await executions.reached(execution, "waiting");
        await sleep(500);
        child.kill("SIGKILL");
        expect(await printed).toBe("killed");
      }
      await executions.send("sent-to-dead", "message", "arrived");
      expect(await executions.run("sent-to-dead", "waiting")).toEqual({ result: { inside: "arrived", again: "arrived" } });
      await sleep(1500);
      // a timeout that began anew would last longer than this test may
      expect(await executions.run("late", "waiting", { timeoutMilliseconds: 3_600_000 })).toEqual({
        result: { inside: "timed out", again: "timed out" },
      });
    }, 60_000);

    test("a cancelled execution records nothing of the interrupted step, runs no other, and can be continued", async () => {
      const { child, printed } = executions.start("cancelled", "interruptible");
      await executions.reached("cancelled", "inside long");
      child.kill("SIGTERM");
      expect(await printed).toMatchObject({ failure: { message: "cancelled by SIGTERM" } });
      expect(Object.keys(executions.effects("cancelled"))).toEqual(["long"]);
      await writeFile(join(folder, "cancelled.go"), "");
      expect(await executions.run("cancelled", "interruptible")).toEqual({ result: "whole" });
      const { long = [], ...others } = executions.effects("cancelled");
      expect(long).toEqual([long[0], long[0]]);
      expect(others).toEqual({ "clean up": [expect.any(String)] });
    }, 60_000);

    test("a program that asks for another operation than the recorded one gets one error that names both, and runs nothing", async () => {
      expect(await executions.run("upgraded", "upgraded", { killAt: "inside third" })).toBe("killed");
      const failure = {
        code: "durability/journal-mismatch",
        message: 'the program does not fit what was recorded: operation 2 of the branch "main" was step "second", and is now step "other"',
      };
      expect(await executions.run("upgraded", "upgraded", { variant: "new" })).toMatchObject({ failure });
      expect(await executions.run("upgraded", "upgraded", { variant: "careless" })).toMatchObject({ failure });
      expect(Object.keys(executions.effects("upgraded"))).toEqual(["first", "second", "third"]);
      expect(await executions.run("upgraded", "upgraded")).toEqual({ result: "old" });
    }, 60_000);

    test("a program with a change goes on with an execution of the one before: each change holds from where it was not yet passed", async () => {
      const old = ["first", "second", "side/old", "third"];
      const changed = ["first", "added", "second", "side/new", "third"];
      for (const [execution, killAt, made] of [
        ["unpassed", "before first", changed],
        ["not-ended", "inside first", changed],
        ["passed", "after second", ["first", "second", "side/new", "third"]],
        ["in-branch", "after side/old", old],
        ["passed-all", "inside third", old],
      ] as const) {
        expect(await executions.run(execution, "patched", { killAt })).toBe("killed");
        expect([execution, await executions.run(execution, "patched", { variant: "new" })]).toEqual([execution, { result: made }]);
        const interrupted = /^inside (.+)$/.exec(killAt)?.[1];
        for (const [name, tokens] of Object.entries(executions.effects(execution)))
          expect([execution, name, tokens.length]).toEqual([execution, name, name === interrupted ? 2 : 1]);
        // what was answered stands
        expect(await executions.run(execution, "patched", { variant: "new" })).toEqual({ result: made });
      }
    }, 120_000);

    test("what a change has answered is answered again to whoever continues, and a later change is asked for beside it", async () => {
      expect(await executions.run("changed", "patched", { variant: "new", killAt: "after third" })).toBe("killed");
      const made = ["first", "added", "second", "side/new", "third"];
      expect(await executions.run("changed", "patched", { variant: "newer" })).toEqual({ result: made });
      expect(await executions.run("newest", "patched", { variant: "newer", killAt: "after newest" })).toBe("killed");
      const newest = [...made.slice(0, 4), "newest", "third"];
      // a version without the change cannot go on with what was begun with it
      expect(await executions.run("newest", "patched", { variant: "new" })).toMatchObject({
        failure: { code: "durability/journal-mismatch" },
      });
      expect(await executions.run("newest", "patched", { variant: "newer" })).toEqual({ result: newest });
    }, 60_000);

    test("what breaks the rules is refused, and names what was in progress", async () => {
      expect(await executions.run("refusals", "refusals")).toEqual({ result: REFUSALS });
    });
  });
}
