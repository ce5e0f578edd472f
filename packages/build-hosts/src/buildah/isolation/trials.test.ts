import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import type { Engine } from "../../engines/engine.js";
import { removeTrialsOfTheDead, trialName } from "./trials.js";

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function nameWith(parts: Readonly<Partial<Record<"startTime" | "namespace", string>>>): Promise<string> {
  const [pid, startTime, namespace, ...others] = (await trialName()).replace("imagewright-trial-", "").split("-");
  const { startTime: start = startTime, namespace: space = namespace } = parts;
  return ["imagewright-trial", pid, start, space, ...others].join("-");
}

test("what dead processes have left of trials is removed; of those in other containers nothing is known", async () => {
  const names = await Promise.all([nameWith({ startTime: "1" }), trialName(), nameWith({ startTime: "1", namespace: "1" })]);
  for (const name of names) folders.push(await mkdtemp(join(tmpdir(), `${name}-`)));
  await mkdir(join(folders[0] ?? "", "root"));
  const calls: string[] = [];
  // buildah is not needed to see what it would be asked
  const engine = {
    attempt: () => Promise.resolve({ stdout: [...names, "other", ""].join("\n") }),
    attemptRemoval: (words: readonly string[]) => Promise.resolve(calls.push(words.join(" "))),
  } as unknown as Engine;
  await removeTrialsOfTheDead(engine);
  expect(calls).toEqual([`rm ${names[0]}`]);
  const left = await readdir(tmpdir());
  expect(folders.map((folder) => left.includes(basename(folder)))).toEqual([false, true, true]);
});
