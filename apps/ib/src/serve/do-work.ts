import type { AwsSettings } from "@imagewright/aws";
import type { ContentProbe, ControlPlane } from "@imagewright/control-plane";
import type { Traces } from "@imagewright/traces";
import type { CheckedSettings } from "./checked-settings.js";
import { deliverToSinks, type SinkNotice } from "./deliver-to-sinks.js";
import type { Ends } from "./ends.js";
import { runImages, type ImageRunning } from "./run-images.js";
import { runSchedules } from "./run-schedules.js";
import { sendLogsOfPipelines } from "./send-pipeline-logs.js";

/** What a server needs for the work that requests ask for. */
export interface Work {
  /** How images are built. */
  readonly images: Omit<ImageRunning, "plane" | "traces">;
  /** How what pipelines depend on is looked at. */
  readonly probe: ContentProbe;
  readonly onScheduleFailure: (cause: string) => void;
  readonly onPipelineLogFailure: (cause: string) => void;
  /** What signs webhooks, if there are any. */
  readonly webhookKey: Uint8Array | undefined;
  readonly onSinkNotice: (notice: SinkNotice) => void;
}

interface WorkPlace {
  /** Another one after a restart of the database. */
  readonly plane: () => ControlPlane;
  readonly settings: Pick<CheckedSettings, "events" | "logs">;
  readonly aws: AwsSettings;
  readonly traces: Traces;
}

/** Tells what happens, builds images and runs schedules, until the ends are run. */
export async function doWork(ends: Ends, work: Work, { plane, settings, aws, traces }: WorkPlace): Promise<void> {
  const { images, probe, webhookKey, onScheduleFailure: onFailure, onSinkNotice: onNotice } = work;
  ends.add(await deliverToSinks({ log: () => plane().events, settings: settings.events, webhookKey, aws, onNotice, traces }));
  ends.add(runImages({ ...images, plane, traces }));
  ends.add(runSchedules({ pipelines: () => plane().pipelines, clock: () => new Date(), probe, onFailure, traces }));
  if (settings.logs.cloudWatch === true) ends.add(sendLogsOfPipelines({ plane, aws, onFailure: work.onPipelineLogFailure }));
}
