// What commands of the shipped executable have started, and what becomes of it, on a Windows of Wine's.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "@jest/globals";
import { APPEND, CREATE, describeOnWindows } from "../testing/describe-on-windows.js";

const tree = (name: string, ...parameters: readonly string[]) =>
  `{ name: ${name}, action: ExecuteBinary, inputs: { path: 'C:\\tree.exe', arguments: [${parameters.join(", ")}] } }`;

describeOnWindows("ib-agent.exe: processes", ({ agent, atC, states, write }) => {
  const RUN = ["run", "-d", "doc.yml", "--log-directory", "logs", "--execution-id", "tree"];
  const left = () => agent().processesWith("tree.exe").length;
  const lines = (name: string) => (existsSync(atC("work", name)) ? readFileSync(atC("work", name), "utf8").trim().split(/\r?\n/) : []);
  const until = async (isSo: () => boolean) => {
    for (const end = performance.now() + 20_000; !isSo() && performance.now() < end;) await sleep(20);
    expect(isSo()).toBe(true);
  };
  /** Starts a run, waits until the third process of a command runs and so many have been started, and kills the agent alone. */
  const killAgent = async (started: number) => {
    const killed = agent().start("C:\\ib-agent.exe", ...RUN);
    const over = new Promise((resolve) => killed.once("exit", resolve));
    await until(() => existsSync(atC("work/waiting")) && lines("started").length === started);
    killed.kill("SIGKILL");
    await over;
  };
  afterEach(async () => {
    writeFileSync(atC("work/go"), "");
    await until(() => left() === 0);
  });

  test("after a kill of the agent none of its command runs; the run continues, and the command runs once", async () => {
    write(CREATE, APPEND, tree("Tree"));
    await killAgent(3);
    await until(() => left() === 0);
    const resumed = agent().run("run", "--resume", "tree");
    await until(() => lines("started").length === 6);
    expect(left()).toBe(2);
    writeFileSync(atC("work/go"), "");
    const { code, stdout } = await resumed;
    expect([code, JSON.parse(stdout), states()]).toEqual([0, expect.objectContaining({ status: "success" }), []]);
    await until(() => left() === 0);
    expect([lines("started"), lines("ended").sort()]).toEqual([
      ...[
        ["first", "second", "third", "first", "second", "third"],
        ["first", "third"],
      ],
    ]);
  });

  test("a command that takes too long ends with what it has started, whose parent has ended", async () => {
    write(tree("Tree").replace("action:", "timeoutSeconds: 5, action:"));
    expect((await agent().run(...RUN)).code).toBe(1);
    expect([lines("started"), left(), lines("ended")]).toEqual([["first", "second", "third"], 0, []]);
  });

  test("so it does after Ctrl-C", async () => {
    write(tree("Tree"));
    expect((await agent().runUntilCtrlC("C:\\work\\waiting", ...RUN)).code).toBe(130);
    expect([lines("started"), left(), lines("ended")]).toEqual([["first", "second", "third"], 0, []]);
  });

  test("what a command has left running when it ended goes on after the agent, also after a kill", async () => {
    write(tree("Leave", "leave"));
    expect((await agent().run(...RUN)).code).toBe(0);
    // the run may be over before what it has left says so
    await until(() => lines("started").length === 2);
    expect([lines("started"), left()]).toEqual([["leave", "third"], 1]);
    write(tree("Leave", "leave"), tree("Tree"));
    await killAgent(7);
    await until(() => left() === 2);
    writeFileSync(atC("work/go"), "");
    expect((await agent().run("run", "--resume", "tree")).code).toBe(0);
  });

  test("a program may start another one outside, as some installers do, which goes on", async () => {
    write(tree("Outside", "outside").replace("action:", "timeoutSeconds: 5, action:"));
    expect((await agent().run(...RUN)).code).toBe(1);
    expect([lines("started"), left(), lines("ended")]).toEqual([["outside", "third"], 1, []]);
  });

  // Wine's taskkill knows no /T
  test("what was started before the command was in its job is left to taskkill", async () => {
    await agent().record("taskkill.exe");
    write(tree("Tree").replace("action:", "timeoutSeconds: 5, action:"));
    expect((await agent().run(...RUN)).code).toBe(1);
    expect(readFileSync(atC("tools.txt"), "utf8")).toMatch(/System32\\taskkill\.exe"? \/PID \d+ \/T \/F\r?\n$/i);
    expect(left()).toBe(0);
  });
});
