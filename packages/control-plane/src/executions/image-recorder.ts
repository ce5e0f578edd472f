import type { Api, ImageScanStatus, ImageStatus } from "@imagewright/imagebuilder-model";
import type { Kysely } from "kysely";
import type { Tables } from "../database/tables.js";
import type { Services } from "../services.js";
import { changeImageState, type ImageStateChange } from "./change-image-state.js";
import { findImage, lockImage } from "./find-image.js";
import { beginImageRun, isCancelRequested } from "./image-run.js";
import { storePackages } from "./store-packages.js";
import { changeScanState, storeFindings } from "./store-findings.js";

/**
 * What whoever runs images records of them. Each call is one transaction with its events. Called again with the same, it changes nothing,
 * so that a durable step may repeat it. Throws `no-such-image` for an image that was deleted.
 */
export interface ImageRecorder {
  /** Notes that the image is run from now on: cancelling it is a request. Returns the attempt, from 1; undefined if the image has ended. */
  begin(arn: string): Promise<number | undefined>;
  /** Brings the image to another state. Throws `no-such-transition`. */
  transition(arn: string, to: ImageStatus, change?: ImageStateChange): Promise<void>;
  /** Whether CancelImageCreation was called for the attempt that runs. */
  isCancelRequested(arn: string): Promise<boolean>;
  /**
   * The state of the vulnerability scan; COMPLETED has an event with the numbers of findings, and with
   * `scannedId`, the machine that was scanned. Throws `no-such-transition`.
   */
  scan(arn: string, to: ImageScanStatus, reason?: string, scannedId?: string): Promise<void>;
  /** Replaces the packages that the image has. */
  storePackages(arn: string, packages: readonly Api.ImagePackage[]): Promise<void>;
  /** Replaces the findings of the image. Throws `no-finding` for one that the API cannot show. */
  storeFindings(arn: string, findings: readonly Api.ImageScanFinding[]): Promise<void>;
}

export function createImageRecorder(database: Kysely<Tables>, services: Services): ImageRecorder {
  const { clock } = services;
  const inTransaction = <Result>(run: (database: Kysely<Tables>) => Promise<Result>) => database.transaction().execute(run);
  return {
    begin: (arn) => inTransaction((transaction) => beginImageRun({ database: transaction, now: clock(), services }, arn)),
    transition: (arn, to, change) =>
      inTransaction(async (transaction) => {
        const recording = { database: transaction, now: clock(), services };
        const image = await lockImage(transaction, arn);
        if (image.status === to) return;
        await changeImageState(recording, image, to, change);
        await beginImageRun(recording, arn);
      }),
    isCancelRequested: async (arn) => isCancelRequested(database, await findImage(database, arn)),
    scan: (arn, to, reason, scannedId) =>
      inTransaction((transaction) => changeScanState({ database: transaction, now: clock(), services }, arn, { to, reason, scannedId })),
    storePackages: (arn, packages) => inTransaction((transaction) => storePackages(transaction, arn, packages)),
    storeFindings: (arn, findings) => inTransaction((transaction) => storeFindings(transaction, arn, findings)),
  };
}
