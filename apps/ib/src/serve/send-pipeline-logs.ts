import { setTimeout as sleep } from "node:timers/promises";
import type { AwsSettings } from "@imagewright/aws";
import type { ControlPlane } from "@imagewright/control-plane";
import { describeCause } from "@imagewright/diagnostics";
import { sendPipelineLogs } from "@imagewright/executions";

export interface PipelineLogSending {
  /** Another one after a restart of the database. */
  readonly plane: () => Pick<ControlPlane, "pipelines">;
  readonly aws: AwsSettings;
  /** Is told once for each reason why nothing can be sent; it is tried again. */
  readonly onFailure: (cause: string) => void;
}

const PAUSE_MILLISECONDS = 2_000;

/** Sends what is said of pipelines to CloudWatch Logs, beside the schedules, until the function is called. */
export function sendLogsOfPipelines({ plane, aws, onFailure }: PipelineLogSending): () => Promise<void> {
  const over = new AbortController();
  let told: string | undefined;
  const run = async () => {
    while (!over.signal.aborted) {
      try {
        // what has failed is given again later, so that nothing new says nothing of it
        if ((await sendPipelineLogs({ log: plane().pipelines.log, aws, signal: over.signal })) > 0) told = undefined;
      } catch (thrown) {
        const cause = describeCause(thrown);
        if (cause !== told && !over.signal.aborted) onFailure((told = cause));
      }
      await sleep(PAUSE_MILLISECONDS, undefined, { signal: over.signal, ref: false }).catch(() => undefined);
    }
  };
  const running = run();
  return async () => {
    over.abort();
    await running;
  };
}
