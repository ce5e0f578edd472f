import { scanStates, structureSchemaOf, type Api, type ImageScanStatus } from "@imagewright/imagebuilder-model";
import { readData } from "@imagewright/yaml-syntax";
import type { Kysely } from "kysely";
import type { Tables } from "../database/tables.js";
import { controlPlaneError } from "../errors.js";
import { lockImage } from "./find-image.js";
import { detailOf } from "./image-detail.js";
import { severityCounts } from "./severity-counts.js";
import { storeEvent, type Recording } from "./store-event.js";

const ROWS_A_STATEMENT = 500;

/**
 * Replaces the findings of an image. Account, image and pipeline are those of the image; a time is a date, or seconds since 1970. Throws
 * `no-finding` for one that does not fit `ImageScanFinding` of the API model.
 */
export async function storeFindings(database: Kysely<Tables>, arn: string, findings: readonly Api.ImageScanFinding[]): Promise<void> {
  const image = await lockImage(database, arn);
  const { id, region, owner } = image;
  const { sourcePipelineArn } = detailOf(image);
  const rows = findings.map((given) => {
    const finding = { ...given, awsAccountId: owner, imageBuildVersionArn: image.arn };
    const shown = stored(sourcePipelineArn === undefined ? finding : { ...finding, imagePipelineArn: sourcePipelineArn });
    return {
      ...{ image_id: id, region, owner, image_arn: image.arn, pipeline_arn: sourcePipelineArn ?? null },
      vulnerability_id: given.packageVulnerabilityDetails?.vulnerabilityId ?? null,
      severity: given.severity ?? null,
      finding: JSON.stringify(shown),
    };
  });
  await database.deleteFrom("image_scan_finding").where("image_id", "=", id).execute();
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT)
    await database
      .insertInto("image_scan_finding")
      .values(rows.slice(start, start + ROWS_A_STATEMENT))
      .execute();
}

/** As it is stored: times are seconds since 1970. */
function stored(finding: object): Readonly<Record<string, unknown>> {
  const data = JSON.parse(JSON.stringify(finding, asSeconds)) as Readonly<Record<string, unknown>>;
  const { diagnostics } = readData(data, structureSchemaOf("ImageScanFinding"), { what: "the finding" });
  if (diagnostics.length > 0) throw controlPlaneError("no-finding", { reason: diagnostics.map(({ message }) => message).join("; ") });
  return data;
}

// JSON.stringify has made a text of a date already; `this` has the date
function asSeconds(this: unknown, key: string, value: unknown): unknown {
  const given = (this as Readonly<Record<string, unknown>>)[key];
  return given instanceof Date ? given.getTime() / 1000 : value;
}

interface ScanChange {
  readonly to: ImageScanStatus;
  readonly reason?: string | undefined;
  /** The machine that was scanned. */
  readonly scannedId?: string | undefined;
}

/** Brings the scan of an image to another state. An image that has not been scanned yet begins with PENDING. */
export async function changeScanState(recording: Recording, arn: string, { to, reason, scannedId }: ScanChange): Promise<void> {
  const { database, now } = recording;
  const image = await lockImage(database, arn);
  const detail = detailOf(image);
  const from = detail.scanState?.status;
  if (from === to) return;
  if (from === undefined ? !scanStates.initial.includes(to) : !scanStates.canBecome(from, to)) {
    const allowed = from === undefined ? scanStates.initial : scanStates.after(from);
    throw controlPlaneError("no-such-transition", { what: `the scan of ${arn}`, from: from ?? "none", to, allowed });
  }
  const scanState = { status: to, ...(reason !== undefined && { reason: reason.slice(0, 1024) }) };
  await database
    .updateTable("resource")
    .set({ detail: JSON.stringify({ ...detail, scanState }), updated_at: now })
    .where("id", "=", image.id)
    .execute();
  if (to !== "COMPLETED") return;
  await storeEvent(recording, {
    ...{ type: "image.vulnerabilities-found", image, previousState: from, state: to },
    resources: detail.sourcePipelineArn === undefined ? [] : [detail.sourcePipelineArn],
    detail: {
      ...(scannedId !== undefined && { "resource-id": scannedId }),
      "finding-severity-counts": await severityCounts(database, image),
    },
  });
}
