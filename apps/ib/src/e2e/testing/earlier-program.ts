// The `ib` of an earlier commit, from the history of this checkout.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The last commit before servers told which schema they know; tagged `executions-before-upgrades` where tags are there. */
export const EARLIER_COMMIT = "14681071";

const CHECKOUT = join(import.meta.dirname, "..", "..", "..", "..", "..");

/** Why there is no earlier program; undefined if there is one. */
export function whyNoEarlierProgram(): string | undefined {
  const { status, error } = spawnSync("git", ["-C", CHECKOUT, "cat-file", "-e", `${EARLIER_COMMIT}^{commit}`]);
  if (error !== undefined) return "git is not installed";
  return status === 0 ? undefined : `the history of this checkout does not go back to the commit ${EARLIER_COMMIT}`;
}

export interface EarlierProgram {
  /** The path of its `ib`. */
  readonly ib: string;
  remove(): Promise<void>;
}

/** Checks the commit out, installs what its lockfile names, and builds `ib`; what today's build has made of unchanged packages is used. */
export async function buildEarlierProgram(): Promise<EarlierProgram> {
  const folder = await mkdtemp(join(tmpdir(), "imagewright-earlier-"));
  const tree = join(folder, "tree");
  const cache = process.env["TURBO_CACHE_DIR"] ?? join(CHECKOUT, ".turbo", "cache");
  await run(CHECKOUT, "git", ["worktree", "add", "--quiet", "--detach", tree, EARLIER_COMMIT]);
  await run(tree, "pnpm", ["install", "--frozen-lockfile", "--prefer-offline"]);
  // not by pnpm, from which turbo has a PATH without pnpm where that is a script of its own
  await run(tree, join(tree, "node_modules", ".bin", "turbo"), ["run", "build", "--filter=@imagewright/ib", `--cache-dir=${cache}`]);
  const remove = async () => {
    await run(CHECKOUT, "git", ["worktree", "remove", "--force", tree]);
    await rm(folder, { recursive: true, force: true });
  };
  return { ib: join(tree, "apps", "ib", "bin", "ib.js"), remove };
}

async function run(folder: string, program: string, parameters: readonly string[]): Promise<void> {
  const child = spawn(program, parameters, { cwd: folder, env: { ...process.env, CI: "true" }, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`${program} ${parameters.join(" ")} ended with ${code}: ${said}`);
}
