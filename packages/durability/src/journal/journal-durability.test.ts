import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { send } from "../messages.js";
import type { Durability } from "../port.js";
import { openJournal } from "./journal.js";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "imagewright-journal-"));
  file = join(folder, "journal.jsonl");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs a program once, as a process that is started does. */
async function run<Result>(program: (durability: Durability) => Promise<Result>): Promise<Result> {
  const journal = await openJournal(file);
  try {
    return await program(journal.durability());
  } finally {
    await journal.close();
  }
}

/** A program of three steps, with the effects that it has had. */
function counted(): { readonly effects: string[]; readonly program: (durability: Durability) => Promise<string> } {
  const effects: string[] = [];
  return {
    effects,
    program: async (durability) => {
      const results: string[] = [];
      for (const key of ["one", "two", "three"])
        results.push(
          await durability.step(key, async () => {
            effects.push(key);
            return Promise.resolve(`${key}!`);
          }),
        );
      return results.join(" ");
    },
  };
}

test("the journal is for its owner only", async () => {
  await run(counted().program);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test("a journal that ends at any byte is continued, and only what was not recorded whole runs again", async () => {
  await run(counted().program);
  const whole = await readFile(file);
  for (let length = 0; length <= whole.length; length += 9) {
    await writeFile(file, whole.subarray(0, length));
    const { effects, program } = counted();
    expect(await run(program)).toBe("one! two! three!");
    // of the lines, the first is the header
    const lines = whole.subarray(0, length).toString().split("\n").length - 1;
    expect(effects).toEqual(["one", "two", "three"].slice(Math.max(lines - 1, 0)));
    const again = counted();
    expect(await run(again.program)).toBe("one! two! three!");
    expect(again.effects).toEqual([]);
  }
});

test("with a count, a journal that has lost whole lines at its end, or is gone, is an error; a line that was not counted yet is none", async () => {
  const counting = join(folder, "count");
  const runCounted = async (program: (durability: Durability) => Promise<string>) => {
    const journal = await openJournal(file, { countFile: counting });
    return program(journal.durability()).finally(() => journal.close());
  };
  await runCounted(counted().program);
  const whole = await readFile(file, "utf8");
  const lines = whole.split("\n").slice(0, -1);
  for (let left = 0; left < lines.length; left++) {
    await writeFile(
      file,
      lines
        .slice(0, left)
        .map((line) => `${line}\n`)
        .join(""),
    );
    await expect(runCounted(counted().program)).rejects.toThrow(
      `the journal "${file}" is damaged at line ${left + 1}: it has ${left} of the ${lines.length} lines that were written`,
    );
  }
  await rm(file);
  await expect(runCounted(counted().program)).rejects.toThrow("it has 0 of the 4 lines that were written");
  await writeFile(file, whole, { mode: 0o600 });
  for (const behind of ["0000000003\n", ""]) {
    await writeFile(counting, behind);
    const { effects, program } = counted();
    expect([await runCounted(program), effects, await readFile(counting, "utf8")]).toEqual(["one! two! three!", [], "0000000004\n"]);
  }
  await writeFile(counting, "4\n");
  await expect(runCounted(counted().program)).rejects.toThrow(`the journal "${counting}" is damaged at line 1: it is no count`);
});

test("when an effect begins, and when the program has its result, all lines are on disk: the count has them", async () => {
  const counting = join(folder, "count");
  const journal = await openJournal(file, { countFile: counting });
  const seen: number[][] = [];
  const look = async () => {
    const lines = (await readFile(file, "utf8")).split("\n").length - 1;
    seen.push([lines, Number(await readFile(counting, "utf8"))]);
    return "seen";
  };
  const durability = journal.durability();
  await durability.now();
  await durability.branch("side", async (side) => {
    await side.now();
    await side.step("look", look);
    await look();
    await side.now();
    return "done";
  });
  await durability.step("look again", look);
  await durability.wait("nobody", 0);
  await look();
  await durability.now();
  await journal.close();
  await look();
  expect(seen).toEqual([4, 5, 7, 10, 11].map((lines) => [lines, lines]));
});

test("a journal with a changed byte before its last line is one error, whatever the byte", async () => {
  await run(counted().program);
  const whole = await readFile(file);
  const lastLine = whole.lastIndexOf(10, whole.length - 2) + 1;
  for (let place = 0; place < lastLine; place += 7) {
    if (whole[place] === 10) continue;
    const changed = Buffer.from(whole);
    changed[place] = changed[place] === 120 ? 121 : 120;
    await writeFile(file, changed);
    const { effects, program } = counted();
    const line = whole.subarray(0, place).toString().split("\n").length;
    await expect(run(program)).rejects.toThrow(`the journal "${file}" is damaged at line ${line}: its checksum is wrong`);
    expect(effects).toEqual([]);
  }
});

test("a journal with a line missing in its middle is an error", async () => {
  await run(counted().program);
  const lines = (await readFile(file, "utf8")).split("\n");
  await writeFile(file, [lines[0], ...lines.slice(2)].join("\n"));
  await expect(run(counted().program)).rejects.toThrow(`the journal "${file}" is damaged at line 2: its checksum is wrong`);
});

test("a journal of another version is an error that names both", async () => {
  await run(counted().program);
  const [first = ""] = (await readFile(file, "utf8")).split("\n");
  const { createHash } = await import("node:crypto");
  const entry = first.replace(/^.*"entry":|\}$/g, "").replace('"version":1', '"version":2');
  const sum = createHash("sha256").update(`\n${entry}`).digest("hex").slice(0, 16);
  await writeFile(file, `{"sum":"${sum}","entry":${entry}}\n`);
  await expect(run(counted().program)).rejects.toThrow(`the journal "${file}" has version 2; this program reads version 1`);
  await truncate(file);
});

test("a message stays the first one that was sent", async () => {
  expect(await send(file, "approve", { by: "one" })).toBe(true);
  expect(await send(file, "approve", { by: "two" })).toBe(false);
  expect(await run((durability) => durability.wait("approve", 0))).toEqual({ by: "one" });
});

test("a message of which any byte has changed is one error, and can be put right", async () => {
  await send(file, "approve", { by: "one" });
  const [name = ""] = await readdir(`${file}.messages`);
  const message = join(`${file}.messages`, name, "message.json");
  const bytes = await readFile(message);
  for (const index of bytes.keys()) {
    const damaged = Buffer.from(bytes);
    damaged[index] = (damaged[index] ?? 0) ^ 1;
    await writeFile(message, damaged);
    await expect(run((durability) => durability.wait("approve", 60_000))).rejects.toMatchObject({
      code: "durability/journal-not-readable",
      message: expect.stringContaining('cannot be read: the message under the key "approve" cannot be used: it is damaged: '),
    });
  }
  await writeFile(message, bytes);
  expect(await run((durability) => durability.wait("approve", 60_000))).toEqual({ by: "one" });
});

test("after a cancellation another program cleans up over the same journal, and both can be continued", async () => {
  const effects: string[] = [];
  const work = (durability: Durability, end: (signal: AbortSignal) => Promise<string>) =>
    durability.step("work", ({ signal }) => {
      effects.push("work");
      return end(signal);
    });
  const cleanUp = (durability: Durability) =>
    durability.step("remove", async () => {
      effects.push("remove");
      return Promise.resolve("removed");
    });
  const journal = await openJournal(file);
  const cancelled = new AbortController();
  const main = journal.durability(cancelled.signal);
  const interrupted = work(main, async (signal) => {
    cancelled.abort(new Error("cancelled"));
    signal.throwIfAborted();
    return Promise.resolve("never");
  });
  await expect(interrupted).rejects.toThrow("cancelled");
  await expect(main.now()).rejects.toThrow("cancelled");
  expect(await cleanUp(journal.durability(undefined, "clean-up"))).toBe("removed");
  await journal.close();

  const again = await openJournal(file);
  expect(await cleanUp(again.durability(undefined, "clean-up"))).toBe("removed");
  expect(await work(again.durability(), async () => Promise.resolve("whole"))).toBe("whole");
  await again.close();
  expect(effects).toEqual(["work", "remove", "work"]);
});

test("a branch that ends before what is recorded of it is a mismatch", async () => {
  const program = (steps: readonly string[], end: () => Promise<void>) => async (durability: Durability) =>
    durability.branch("side", async (branch) => {
      for (const key of steps) await branch.step(key, async () => Promise.resolve(key));
      await end();
    });
  const running = await openJournal(file);
  const stopped = new AbortController();
  const stop = async () => Promise.resolve(stopped.abort(new Error("stopped")));
  await expect(
    program(["one", "two"], async () => {
      await stop();
      stopped.signal.throwIfAborted();
    })(running.durability(stopped.signal)),
  ).rejects.toThrow("stopped");
  await running.close();
  await expect(run(program(["one"], async () => Promise.resolve()))).rejects.toThrow(
    'the program does not fit what was recorded: operation 2 of the branch "main/side" was step "two", and is now the end of the branch',
  );
});
