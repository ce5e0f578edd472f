import type { ImageOutput } from "./image-output.js";
import type { LaunchSpec } from "./launch-spec.js";

/** What a build host can do. Asking for more is the error not-supported, before anything is launched. */
export interface Capabilities {
  readonly machines: readonly LaunchSpec["kind"][];
  readonly images: readonly ImageOutput["kind"][];
  /** Whether `restart` starts the operating system again, or only ends all processes of the machine. */
  readonly restart: "system" | "processes";
  /** The settings of a launch that it obeys besides `image`, `environment`, `tools` and `standIns`. */
  readonly launchSettings: readonly LaunchSetting[];
}

export type LaunchSetting = "cpus" | "memoryMiB" | "diskGiB" | "userData" | "network";
