import { existsSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isImagewrightError } from "@imagewright/diagnostics";
import { Engine } from "../../engines/engine.js";
import type { Isolation } from "../../port/isolation.js";
import { lastLines } from "../../processes/engine-failure.js";
import { runTool, type ToolCommand } from "../../processes/run-tool.js";
import { trialSeconds } from "../../processes/time-limit.js";
import { inUserNamespace, isOrdinaryUser } from "../user-namespace.js";
import { isolatedRun } from "./isolated-run.js";
import { makeRunFolders, temporaryFiles } from "./run-folders.js";
import { findRuntime, isRuntimeNamed, runtimeNames } from "./runtimes.js";
import { removeTrial, removeTrialsOfTheDead, trialName } from "./trials.js";

/** What a trial sees of this computer: enough to start one of its programs in a container without files. */
const PROGRAM_FOLDERS = ["/usr", "/bin", "/lib", "/lib64"];

/** Finds the strongest isolation that buildah can do here, by running a command with each runtime. It takes about half a second. */
export async function findIsolation(environment: Readonly<Record<string, string>>): Promise<Isolation> {
  const rootless = isOrdinaryUser();
  const problems: string[] = [];
  const missing: string[] = [];
  for (const runtime of runtimeNames()) {
    const runtimePath = await findRuntime(runtime);
    if (runtimePath === undefined) {
      missing.push(runtime);
      continue;
    }
    const problem = await tryRuntime(environment, runtimePath, rootless);
    if (problem === undefined) return { kind: "oci", runtime, rootless, reason: `${runtime} works` };
    problems.push(`${runtime} does not work (${problem})`);
  }
  const kind = rootless ? "user-namespace" : "chroot";
  if (problems.length === 0) problems.push(`no container runtime is installed (${missing.join(", ")})`);
  const fix = isRuntimeNamed() ? "unset BUILDAH_RUNTIME" : missing[0] === undefined ? undefined : `apt-get install ${missing[0]}`;
  return { kind, rootless, reason: problems.join("; "), ...(fix === undefined ? {} : { fix }) };
}

/** What went wrong when a command was run; undefined if nothing did. */
async function tryRuntime(
  environment: Readonly<Record<string, string>>,
  runtimePath: string,
  rootless: boolean,
): Promise<string | undefined> {
  const name = await trialName();
  const folder = await mkdtemp(join(tmpdir(), `${name}-`));
  const engine = new Engine("buildah", { environment, temporaryFiles: join(folder, "calls") });
  try {
    await removeTrialsOfTheDead(engine);
    await makeRunFolders(folder);
    const from = await engine.attempt(["from", "--name", name, "scratch"], { limitSeconds: trialSeconds() });
    if (from.exitCode !== 0) return lastLines(from.stderr, 1).join("");
    const flags = PROGRAM_FOLDERS.filter((path) => existsSync(path)).flatMap((path) => ["-v", `${path}:${path}:ro`]);
    const command = { isolation: { kind: "oci", rootless }, runtimePath, folder, flags, container: name, words: ["env", "true"] } as const;
    const line = (parameters: readonly string[]) => engine.line(parameters);
    const [file = "", ...words] = inUserNamespace(isolatedRun({ ...command, line }));
    const variables = { ...environment, ...temporaryFiles(folder) };
    return await problemOfRun({ file, arguments: words, environment: variables });
  } finally {
    await removeTrial(engine, name, folder);
  }
}

/** Only here does a limit say something about the runtime: where buildah itself hangs, a weaker isolation is no answer. */
async function problemOfRun(command: ToolCommand): Promise<string | undefined> {
  try {
    const { exitCode, stderr } = await runTool({ ...command, limitSeconds: trialSeconds() });
    return exitCode === 0 ? undefined : lastLines(stderr, 1).join("") || `exit code ${exitCode}`;
  } catch (thrown) {
    if (!isImagewrightError(thrown, "build-hosts/engine-not-answering")) throw thrown;
    return `it did not end within ${trialSeconds()} s`;
  }
}
