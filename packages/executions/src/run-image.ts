import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ClaimedImage, ControlPlane, ImageRunRecord, ImageEnd, RunServer } from "@imagewright/control-plane";
import type { ContainerHost } from "@imagewright/build-hosts";
import { describeCause, isImagewrightError } from "@imagewright/diagnostics";
import { durabilityError } from "@imagewright/durability";
import {
  holdBuild,
  loadBuild,
  runBuild,
  serviceBuildFolders,
  startBuild,
  type BuildResult,
  type HeldBuild,
} from "@imagewright/image-build";
import { readCheckedFile, writeCheckedFile } from "@imagewright/node-host";
import { NO_TRACES, type Traces } from "@imagewright/traces";
import { storeIn, type BuildPlace } from "./build-place.js";
import { imageIdentityOf } from "./image-identity.js";
import { ImageLog } from "./log/image-log.js";
import type { LogSettings } from "./log/log-settings.js";
import { OrderedWrites } from "./ordered-writes.js";
import { throughOutages } from "./outages.js";
import { planOfImage } from "./plan-image.js";
import { ImageProgress } from "./progress.js";
import { recordOfImage } from "./record-of-image.js";
import { endOf, failedBecause } from "./run-end.js";
import { ImageSpans } from "./trace/image-spans.js";
import { UnfinishedImages } from "./unfinished-images.js";

/** What a server runs images with. */
export interface RunParts {
  /** Asked each time, since a server may get another one when its database has moved. */
  readonly plane: () => ControlPlane;
  readonly server: RunServer;
  readonly place: BuildPlace;
  readonly host: ContainerHost;
  /** The packed agent for the platform of containers. */
  readonly agent: string;
  /** Whether components may download from addresses that are not public. */
  readonly privateAddresses: "allowed" | "forbidden";
  readonly logs: LogSettings;
  /** Is told the spans of images. */
  readonly traces?: Traces | undefined;
}

export interface RunSignals {
  /** Aborted when the creation of the image is cancelled. */
  readonly cancel: AbortSignal;
  /** Aborted with `durability/interrupted` when the server ends: another one goes on with the image. */
  readonly stop: AbortSignal;
}

const AGAIN_MILLISECONDS = 1_000;

const FORM = { schema: 1, largest: 64 << 20 };

/** How the image ends, in the folder of its build: a server that dies before it has told is followed by one that does. */
function endFile({ folder }: HeldBuild): string {
  return join(folder, "image-end.json");
}

function readEnd(held: HeldBuild): ImageEnd {
  const read = readCheckedFile(endFile(held), FORM);
  if (read !== undefined && "value" in read) return read.value as ImageEnd;
  return failedBecause(`how the build ${held.id} has ended is no longer known`, undefined);
}

/**
 * Runs an image that this server has claimed to the end of its creation, from where an earlier server has left it. Returns early if the
 * server ends, or has lost the image to another one, and with what was thrown if the database refuses what is recorded: the image is this
 * server's then, and its build can be continued. It never rejects: what else goes wrong is the image's reason to have failed.
 */
export async function runImage(image: ClaimedImage, parts: RunParts, signals: RunSignals): Promise<Refused | undefined> {
  const record = recordOfImage(parts.plane, image, parts.server);
  const lost = new AbortController();
  let refused: Refused | undefined;
  const writes = new OrderedWrites(signals.stop, (thrown) => {
    if (!isImagewrightError(thrown, "control-plane/run-lost")) refused = { thrown };
    lost.abort(durabilityError("interrupted", { reason: describeCause(thrown) }));
  });
  const { plane, logs: settings } = parts;
  const log = new ImageLog(image, { record, writes, settings, stored: (arn, build) => plane().logs.stored(arn, build) });
  const spans = new ImageSpans(parts.traces ?? NO_TRACES, image, parts.server);
  let hasEnded = false;
  const end = async (how: ImageEnd) => {
    await log.end(how);
    writes.add(() => record.end(how));
    await writes.flush();
    hasEnded = true;
    spans.end(how);
  };
  const run = new ImageRun(image, { ...parts, record, writes, log, spans, end }, { ...signals, lost: lost.signal });
  try {
    await run.toEnd();
  } catch (thrown) {
    if (hasEnded) return undefined;
    if (signals.stop.aborted) await record.release().catch(() => undefined);
    else if (!lost.signal.aborted) await end(failedBecause(describeCause(thrown), undefined)).catch(() => undefined);
  } finally {
    log.close();
    spans.leave(hasEnded ? "ended" : signals.stop.aborted ? "given up" : "lost");
  }
  return hasEnded || signals.stop.aborted ? undefined : refused;
}

/** What the database has said that this server cannot deal with. */
export interface Refused {
  readonly thrown: unknown;
}

interface OfThisRun extends RunParts {
  readonly record: ImageRunRecord;
  readonly writes: OrderedWrites;
  readonly log: ImageLog;
  readonly spans: ImageSpans;
  readonly end: (how: ImageEnd) => Promise<void>;
}

class ImageRun {
  constructor(
    private readonly image: ClaimedImage,
    private readonly parts: OfThisRun,
    private readonly signals: RunSignals & { readonly lost: AbortSignal },
  ) {}

  get #unfinished(): UnfinishedImages {
    return new UnfinishedImages(this.parts.place, this.parts.host);
  }

  async toEnd(): Promise<void> {
    const held = this.image.build === undefined ? await this.#start() : await this.#takeOver(this.image.build);
    if (held !== undefined) await this.#run(held);
  }

  /** Undefined if the image was cancelled before its build began. */
  async #start(): Promise<HeldBuild | undefined> {
    const { image, parts } = this;
    const { plane, place, host, record, writes, privateAddresses } = parts;
    if (this.signals.cancel.aborted) {
      await parts.end(endOf({ status: "cancelled" }, { region: image.region, failed: undefined }));
      return undefined;
    }
    writes.add(() => record.reach("CREATING"));
    const { plan, chosen } = await throughOutages(this.signals.stop, () => planOfImage(plane(), image, host));
    writes.add(() => record.keepChosen(chosen));
    const made = image.attempt > 1 ? await this.#unfinished.find(image.arn) : undefined;
    const { infrastructureConfiguration } = image.origin;
    const held = await startBuild(serviceBuildFolders(place), plan, {
      ...{ host: host.name, pull: false, numbering: "at-end", identity: imageIdentityOf(image), privateAddresses, ...(made && { made }) },
      keepOnFailure: infrastructureConfiguration?.terminateInstanceOnFailure === false,
      collectMetadata: image.detail.enhancedImageMetadataEnabled !== false,
    });
    writes.add(() => record.placeBuild({ folder: place.dataFolder, id: held.id }));
    await writes.flush();
    return held;
  }

  /** Goes on with the build of a server that has ended. A build whose folder is gone begins again. */
  async #takeOver(build: { readonly folder: string; readonly id: string }): Promise<HeldBuild | undefined> {
    const folders = serviceBuildFolders({ ...this.parts.place, dataFolder: build.folder });
    for (;;) {
      try {
        return await loadBuild(await holdBuild(folders, build.id));
      } catch (thrown) {
        if (isImagewrightError(thrown, "image-build/build-unknown")) return this.#start();
        // its process may have been judged dead too early; it gives the build up when it hears that it has lost the image
        if (!isImagewrightError(thrown, "image-build/build-in-use")) throw thrown;
        await sleep(AGAIN_MILLISECONDS, undefined, { signal: this.signals.stop });
      }
    }
  }

  async #run(held: HeldBuild): Promise<void> {
    const { image, parts } = this;
    const { cancel, stop, lost } = this.signals;
    const progress = new ImageProgress(parts.record, parts.writes);
    const place = { ...parts.place, dataFolder: image.build?.folder ?? parts.place.dataFolder };
    let made = held.stored.settings.made;
    await parts.log.open(held, place.dataFolder);
    const remember = async (result: BuildResult) => {
      await parts.writes.flush();
      if (result.status !== "succeeded" && made !== undefined) await this.#unfinished.keep(image, made);
      writeCheckedFile(endFile(held), FORM, endOf(result, { region: image.region, failed: progress.failed }));
    };
    const outcome = await runBuild(held, {
      ...{ host: parts.host, agent: parts.agent, store: storeIn(place, image), signal: AbortSignal.any([cancel, stop, lost]) },
      // by the events of the database
      tellsTopics: true,
      onEvent: parts.log.takeEvent,
      onWorkflow: (execution, workflow) => {
        progress.take(execution, workflow);
        parts.log.takeWorkflow(execution, workflow);
        parts.spans.takeWorkflow(execution, workflow);
      },
      onMade: (one) => (made = one),
      ...{ beforeEnd: remember, onEnded: () => parts.end(readEnd(held)) },
    });
    if (outcome.status === "succeeded") await this.#unfinished.forget(image.arn);
  }
}
