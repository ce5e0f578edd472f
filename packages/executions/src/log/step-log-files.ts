import { constants } from "node:fs";
import { cp, readdir } from "node:fs/promises";
import { join } from "node:path";
import { uploadLogFolder } from "@imagewright/aws";
import type { ClaimedImage } from "@imagewright/control-plane";
import { makeFolders } from "@imagewright/node-host";
import { logFolderOfImage, pathOfImage } from "./log-names.js";
import type { LogSettings } from "./log-settings.js";
import { tryAgain } from "./try-again.js";

/** A run of the agent in a step of a workflow. */
export interface StepRun {
  readonly executionId: string;
  readonly workflowExecutionId: string;
  readonly step: string;
}

interface StepLogFilesParts {
  /** The folder in which the build has the logs of all its steps, by types of workflows. */
  readonly from: string;
  readonly dataFolder: string;
  readonly aws: LogSettings["aws"];
  readonly signal: AbortSignal;
}

/**
 * Puts the files that a step has left where they are documented: into the folder of the step in that of the image, and into the bucket of
 * the infrastructure configuration. Done again, it does the same. Errors: those of the system and of S3. Source: guide chapter 51.
 */
export class StepLogFiles {
  constructor(
    private readonly image: ClaimedImage,
    private readonly parts: StepLogFilesParts,
  ) {}

  async publish({ executionId, workflowExecutionId, step }: StepRun): Promise<void> {
    const left = await this.#find(executionId);
    if (left === undefined) return;
    const place = join(logFolderOfImage(this.parts.dataFolder, this.image), workflowExecutionId, step);
    await makeFolders(place, 0o700);
    const folder = join(place, left.name);
    await cp(left.path, folder, { recursive: true, mode: constants.COPYFILE_FICLONE });
    await this.#upload(folder, `${pathOfImage(this.image)}/${workflowExecutionId}/${step}`);
  }

  /** A run has a folder of its own, whose name ends with its id; none if it could not begin. */
  async #find(executionId: string): Promise<{ readonly path: string; readonly name: string } | undefined> {
    for (const stage of await readdir(this.parts.from).catch(() => []))
      for (const name of await readdir(join(this.parts.from, stage)).catch(() => []))
        if (name.endsWith(`_${executionId}`)) return { path: join(this.parts.from, stage, name), name };
    return undefined;
  }

  async #upload(folder: string, below: string): Promise<void> {
    const { s3BucketName: bucket, s3KeyPrefix } = this.image.origin.infrastructureConfiguration?.logging?.s3Logs ?? {};
    if (bucket === undefined) return;
    const prefix = [s3KeyPrefix?.replace(/^\/+|\/+$/g, "") ?? "", below].filter((part) => part !== "").join("/");
    const aws = { ...this.parts.aws, region: this.parts.aws.region ?? this.image.region };
    await tryAgain(() => uploadLogFolder({ folder, bucket, prefix, aws }), this.parts.signal);
  }
}
