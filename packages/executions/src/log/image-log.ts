import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { ClaimedImage, ImageLogs, ImageRunRecord, ImageEnd } from "@imagewright/control-plane";
import { describeCause } from "@imagewright/diagnostics";
import { logFolderOf, type BuildEvent, type HeldBuild, type PlannedWorkflow } from "@imagewright/image-build";
import { workflowStepStates } from "@imagewright/imagebuilder-model";
import { steadyNow } from "@imagewright/node-host";
import type { WorkflowExecution } from "@imagewright/workflow-engine";
import type { OrderedWrites } from "../ordered-writes.js";
import { BuildLogFile } from "./build-log-file.js";
import { BuildLogWriter } from "./build-log-writer.js";
import { sendToCloudWatch } from "./cloudwatch-log.js";
import { LogPump } from "./log-pump.js";
import type { LogSettings } from "./log-settings.js";
import { StepLogFiles, type StepRun } from "./step-log-files.js";
import { withinTime } from "./within-time.js";

export interface ImageLogParts {
  readonly record: ImageRunRecord;
  readonly stored: ImageLogs["stored"];
  readonly writes: OrderedWrites;
  readonly settings: LogSettings;
}

/** How long the end of an image waits for what is elsewhere, in milliseconds. */
const PATIENCE = 60_000;

/**
 * The log of an image that this server runs: what its build says goes to a file in the folder of the build, and from there to the database
 * and to where it is documented. What fails elsewhere fails no image: it is said in the log.
 */
export class ImageLog {
  #open: OpenLog | undefined;
  /** Why lines are missing. */
  #fault: string | undefined;

  constructor(
    private readonly image: ClaimedImage,
    private readonly parts: ImageLogParts,
  ) {}

  /** Opens the log of the build, to go on where an earlier server has left it. Throws what has ended the writes to the database. */
  async open(held: HeldBuild, dataFolder: string): Promise<void> {
    const { stored, writes } = this.parts;
    let after = 0;
    writes.add(async () => {
      after = await stored(this.image.arn, held.id);
    });
    await writes.flush();
    try {
      const file = await BuildLogFile.open(join(held.folder, "image-log.jsonl"));
      this.#open = new OpenLog(this.image, { ...this.parts, file, held, dataFolder, after });
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  readonly takeEvent = (event: BuildEvent): void => this.#attempt(({ writer }) => writer.takeEvent(event));

  readonly takeWorkflow = (execution: WorkflowExecution, { name }: PlannedWorkflow): void =>
    this.#attempt((open) => open.takeWorkflow(execution, name));

  /** Says how the image has ended, and passes on all that was said. Throws what has ended the writes to the database. */
  async end({ status, reason }: ImageEnd): Promise<void> {
    const text = `the image is ${status}${reason === undefined ? "" : `: ${reason}`}`;
    try {
      if (this.#open !== undefined) return await this.#open.end(text);
    } catch (thrown) {
      this.#fail(thrown);
    }
    const { record, writes } = this.parts;
    const texts = [...(this.#fault === undefined ? [] : [`lines of the log are missing: ${this.#fault}`]), text];
    const place = { at: new Date(steadyNow()), stream: "service" } as const;
    const lines = texts.map((each, index) => ({ ...place, number: index + 1, text: each }));
    writes.add(() => record.log(`attempt ${this.image.attempt}`, lines));
    await writes.flush();
  }

  /** Gives it up, for another server to go on with. */
  close(): void {
    this.#open?.close();
    this.#open = undefined;
  }

  /** A log that cannot be written, on a full disk, must not end what it tells of. */
  #attempt(write: (open: OpenLog) => void): void {
    try {
      if (this.#open !== undefined) write(this.#open);
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  #fail(thrown: unknown): void {
    this.#fault = describeCause(thrown);
    this.close();
  }
}

interface OpenLogParts extends ImageLogParts {
  readonly file: BuildLogFile;
  readonly held: HeldBuild;
  readonly dataFolder: string;
  /** The number of the last line that is in the database. */
  readonly after: number;
}

class OpenLog {
  readonly writer: BuildLogWriter;
  readonly #over = new AbortController();
  readonly #toDatabase: LogPump;
  readonly #toCloudWatch: LogPump | undefined;
  readonly #files: StepLogFiles;
  readonly #publishing = new Map<string, Promise<void>>();

  constructor(
    image: ClaimedImage,
    private readonly parts: OpenLogParts,
  ) {
    const { record, writes, settings, file, held, dataFolder, after } = parts;
    const signal = this.#over.signal;
    this.#toDatabase = new LogPump(file.reader(after), async (lines) => {
      await file.sync();
      writes.add(() => record.log(held.id, lines));
      await writes.flush();
    });
    const cursorFile = join(held.folder, "image-log.cloudwatch");
    this.#toCloudWatch = settings.cloudWatch ? sendToCloudWatch(image, { file, cursorFile, aws: settings.aws, signal }) : undefined;
    this.#files = new StepLogFiles(image, { from: logFolderOf(held), dataFolder, aws: settings.aws, signal });
    this.writer = new BuildLogWriter(file, () => {
      this.#toDatabase.wake();
      this.#toCloudWatch?.wake();
    });
  }

  takeWorkflow(execution: WorkflowExecution, name: string): void {
    this.writer.takeWorkflow(execution, name);
    const ended = execution.steps.filter(({ status }) => workflowStepStates.hasEnded(status)).map(({ stepExecutionId }) => stepExecutionId);
    if (ended.length === 0) return;
    for (const run of this.writer.stepRuns) if (ended.includes(run.stepExecutionId)) void this.#publish(run);
  }

  async end(text: string): Promise<void> {
    const published = await withinTime(PATIENCE, Promise.all(this.writer.stepRuns.map((run) => this.#publish(run))));
    if (!published) this.writer.notice(`some log files were not stored within ${PATIENCE / 1000} seconds`);
    this.writer.end(text);
    const sent = await withinTime(PATIENCE, this.#toCloudWatch?.flush() ?? Promise.resolve()).catch((thrown: unknown) => {
      this.writer.notice(`the log could not be sent to CloudWatch Logs: ${describeCause(thrown)}`);
      return true;
    });
    if (!sent) this.writer.notice(`the log was not sent to CloudWatch Logs within ${PATIENCE / 1000} seconds`);
    await this.#toDatabase.flush();
    // their copies are where they are documented
    if (published) await rm(logFolderOf(this.parts.held), { recursive: true, force: true });
  }

  close(): void {
    this.#over.abort(new Error("the log was closed"));
    this.#toDatabase.close();
    this.#toCloudWatch?.close();
    this.parts.file.close();
  }

  /** Once for each run, in the background. */
  #publish(run: StepRun): Promise<void> {
    const begun = this.#publishing.get(run.executionId);
    if (begun !== undefined) return begun;
    const publishing = this.#files.publish(run).catch((thrown: unknown) => {
      if (this.#over.signal.aborted) return;
      const of = { workflowExecutionId: run.workflowExecutionId, stepName: run.step };
      this.writer.notice(`the log files of the step were not stored: ${describeCause(thrown)}`, of);
    });
    this.#publishing.set(run.executionId, publishing);
    return publishing;
  }
}
