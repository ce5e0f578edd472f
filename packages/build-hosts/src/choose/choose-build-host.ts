import { join } from "node:path";
import type { ContainerHost } from "../port/container-host.js";
import { BuildahDialect } from "../buildah/buildah-dialect.js";
import { shellWords, writeShellScript } from "../buildah/isolation/shell-script.js";
import { RUNTIME_CAPABILITIES } from "../capabilities-of-builds.js";
import { escapeForDocker } from "../container-cli/changes-for.js";
import { ContainerCliDialect } from "../container-cli/container-cli-dialect.js";
import { EngineHost } from "../engines/engine-host.js";
import type { Dialect } from "../engines/dialect.js";
import { Engine } from "../engines/engine.js";
import { temporaryFilesIn } from "../engines/temporary-files.js";
import { buildHostError } from "../errors.js";
import type { TellWait } from "../processes/telling-waits.js";
import { ResourceRecords } from "../records/resource-records.js";
import { byHand, type ByHand } from "./by-hand.js";
import { engineEnvironment } from "./engine-environment.js";
import { ENGINES, type UnusableEngine, type UsableEngine } from "./engine-report.js";
import { inspectEngine } from "./inspect-engines.js";
import { forgetPodmanFlags, keptPodmanFlags } from "./kept-flags.js";
import { forgetBuildahIsolation } from "./kept-isolation.js";
import { requireStateFolder } from "./require-state-folder.js";
import { unknownName } from "@imagewright/diagnostics";

export interface ChooseOptions {
  /** The engine to use; by default the first of docker, podman and buildah that works. */
  readonly preferred?: string | undefined;
  /** Where started machines and images are recorded; made if it is missing. Only this user may be able to change it. */
  readonly stateFolder: string;
  /** Told, for a person, what a call of the host waits for when it takes long. */
  readonly tell?: TellWait | undefined;
}

export interface ChosenHost {
  readonly host: ContainerHost;
  /** Why this one: phrased to follow its name. */
  readonly reason: string;
  readonly byHand: ByHand;
}

/**
 * Finds the container engine to build with. Throws engine-unknown, engine-not-usable, no-engine-usable; path-refused and
 * state-folder-not-made for the state folder.
 */
export async function chooseBuildHost({ preferred, ...place }: ChooseOptions): Promise<ChosenHost> {
  const { stateFolder } = place;
  await requireStateFolder(stateFolder);
  if (preferred !== undefined) return choose(await requireEngine(preferred, stateFolder), place, "it was requested");
  const passedOver: UnusableEngine[] = [];
  for (const engine of ENGINES) {
    const report = await inspectEngine(engine, stateFolder);
    if (report.usable) return choose(report, place, [report, ...passedOver].map(describe).join("; "));
    passedOver.push(report);
  }
  throw buildHostError("no-engine-usable", {
    reasons: passedOver.map(describe),
    fix: passedOver.find(({ engine }) => engine === "buildah")?.fix ?? "apt-get install buildah",
  });
}

function describe({ engine, finding }: UsableEngine | UnusableEngine): string {
  return `${engine} ${finding}`;
}

async function requireEngine(name: string, stateFolder: string): Promise<UsableEngine> {
  const engine = ENGINES.find((known) => known === name);
  if (engine === undefined) throw buildHostError("engine-unknown", { message: unknownName("engine", name, ENGINES) });
  const report = await inspectEngine(engine, stateFolder);
  if (!report.usable)
    throw buildHostError("engine-not-usable", { engine, reason: `it ${report.finding}`, fix: report.fix ?? `apt-get install ${engine}` });
  return report;
}

type Place = Omit<ChooseOptions, "preferred">;

async function choose(report: UsableEngine, place: Place, reason: string): Promise<ChosenHost> {
  return { host: await makeHost(report, place), reason, byHand: await byHand(report, place.stateFolder) };
}

async function makeHost(report: UsableEngine, { stateFolder, tell }: Place): Promise<ContainerHost> {
  const records = new ResourceRecords(join(stateFolder, "started"));
  return new EngineHost(await makeDialect(report, { stateFolder, tell }), records, stateFolder, tell);
}

/** Engines give more by default, and not all the same. */
const CAPABILITIES = ["--cap-drop", "ALL", ...RUNTIME_CAPABILITIES.flatMap((name) => ["--cap-add", name])];
/** Podman adds these to the environment of a container, and a commit to that of the image. */
const KEEP_ENVIRONMENT = ["--unsetenv", "container", "--unsetenv", "TERM"];
/** A commit leaves out what is in volumes; health checks need systemd, and say nothing of a build. */
const KEEP_FILES = ["--image-volume", "ignore", "--no-healthcheck"];

async function makeDialect({ engine, isolation }: UsableEngine, { stateFolder, tell }: Place): Promise<Dialect> {
  const calls = { temporaryFiles: temporaryFilesIn(stateFolder), tell };
  if (engine === "buildah") {
    const buildah = new Engine("buildah", { ...calls, environment: await engineEnvironment("buildah") });
    await writeShellScript(stateFolder, isolation);
    const onStartFailure = () => forgetBuildahIsolation(stateFolder);
    return new BuildahDialect(buildah, isolation, { shell: shellWords(stateFolder), onStartFailure });
  }
  if (engine === "docker") {
    // `docker save` writes an OCI layout since version 25
    return new ContainerCliDialect(new Engine("docker", calls), {
      name: "docker",
      isolation,
      runFlags: CAPABILITIES,
      saveFolderFlags: undefined,
      runRoot: undefined,
      commitFlags: [],
      escape: escapeForDocker,
      removeFlags: ["--volumes"],
      removeFolder: undefined,
      onStartFailure: () => Promise.resolve(),
    });
  }
  const flags = await keptPodmanFlags(stateFolder);
  const { global, run } = "problem" in flags ? { global: [], run: [] } : flags;
  return new ContainerCliDialect(new Engine("podman", { ...calls, flags: global, environment: await engineEnvironment("podman") }), {
    ...{
      name: "podman",
      isolation,
      runFlags: [...CAPABILITIES, ...KEEP_ENVIRONMENT, ...KEEP_FILES, ...run],
      saveFolderFlags: ["--quiet", "--format", "oci-dir", "--uncompressed"],
      runRoot: "{{.Store.RunRoot}}",
    },
    ...{ commitFlags: ["--quiet", "--format", "oci"], escape: (text) => text, removeFlags: ["--volumes", "--time", "0"] },
    removeFolder: process.getuid?.() === 0 ? undefined : ["unshare", "rm", "-rf", "--"],
    onStartFailure: () => forgetPodmanFlags(stateFolder),
  });
}
