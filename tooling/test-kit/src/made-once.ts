import { existsSync } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A folder that the files of one run of tests share, for what is slow to make: the first that asks for the name makes it. It is not to be
 * changed. Without such a run it is made anew by each process, and stays.
 */
export async function madeOnce(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const parent = (process.env["IMAGEWRIGHT_TEST_RUN"] ??= await mkdtemp(join(tmpdir(), "imagewright-test-run-")));
  const made = join(parent, name);
  if (existsSync(made)) return made;
  const draft = await mkdtemp(join(parent, "draft-"));
  await make(draft);
  // of two that make it side by side, one comes first
  await rename(draft, made).catch(() => rm(draft, { recursive: true, force: true }));
  return made;
}
