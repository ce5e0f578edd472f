import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { agentExecutable } from "@imagewright/agent";
import type { AwsSettings } from "@imagewright/aws";
import { chooseBuildHost, type ContainerHost } from "@imagewright/build-hosts";
import { LOG_DAYS, type ControlPlane } from "@imagewright/control-plane";
import { describeCause } from "@imagewright/diagnostics";
import { startWorker, type BuildPlace } from "@imagewright/executions";
import type { Traces } from "@imagewright/traces";
import { useRootsEnvironment } from "../sudo/use-roots-environment.js";
import type { CheckedSettings } from "./checked-settings.js";

export interface ImageRunning {
  readonly plane: () => ControlPlane;
  readonly place: BuildPlace;
  readonly quotas: CheckedSettings["quotas"];
  readonly traces: Traces;
  readonly privateAddresses: "allowed" | "forbidden";
  readonly logs: CheckedSettings["logs"];
  /** How logs are sent elsewhere. */
  readonly aws: AwsSettings;
  /** Is told why no image is built, or why one look at the database failed; once as long as the reason is the same. */
  readonly onProblem: (problem: string) => void;
  /** Is told the name of the build host. */
  readonly onReady: (host: string) => void;
}

const AGAIN_MILLISECONDS = 30_000;
/** Of an account, where no quota says it. */
const IMAGES_OF_ACCOUNT = 20;

/** Builds the images that are created, as soon as there is something to build them with. The returned function ends it. */
export function runImages(given: ImageRunning): () => Promise<void> {
  const stop = new AbortController();
  const running = run(given, stop.signal);
  return async () => {
    stop.abort();
    await running;
  };
}

async function run({ quotas, logs: kept, aws, onProblem, onReady, ...parts }: ImageRunning, stop: AbortSignal): Promise<void> {
  let told: string | undefined;
  const tell = (thrown: unknown) => {
    const problem = describeCause(thrown);
    if (problem !== told && !stop.aborted) onProblem(problem);
    told = problem;
  };
  const ended = new Promise<undefined>((resolve) => {
    if (stop.aborted) resolve(undefined);
    stop.addEventListener("abort", () => resolve(undefined));
  });
  // looking for an engine takes seconds, for which a server that ends does not wait
  const host = await Promise.race([hostOf(parts.place, tell, stop), ended]);
  if (host === undefined) return;
  const limits = {
    ofServer: quotas.imagesAtOnceOfServer ?? availableParallelism(),
    ofAccount: quotas.imagesAtOnce ?? IMAGES_OF_ACCOUNT,
  };
  const logs = { aws, cloudWatch: kept.cloudWatch ?? false, days: kept.days ?? LOG_DAYS };
  const worker = await startWorker({ ...parts, logs, host, agent: agentExecutable(), limits, onProblem: tell });
  onReady(host.name);
  await ended;
  await worker.close();
}

/** The container engine of this machine; undefined if the server ends before there is one. */
async function hostOf({ stateFolder }: BuildPlace, tell: (thrown: unknown) => void, stop: AbortSignal): Promise<ContainerHost | undefined> {
  useRootsEnvironment();
  while (!stop.aborted) {
    try {
      return (await chooseBuildHost({ preferred: undefined, stateFolder, tell: () => undefined })).host;
    } catch (thrown) {
      tell(thrown);
      await sleep(AGAIN_MILLISECONDS, undefined, { signal: stop }).catch(() => undefined);
    }
  }
  return undefined;
}
