import type { ActionContext, ActionResult } from "@imagewright/action-contract";
import { count, isImagewrightError } from "@imagewright/diagnostics";
import { actionError } from "../errors.js";
import { factsIfPresent } from "../files/file-facts.js";
import { endsWithSeparator, resolvePath } from "../files/resolve-path.js";
import { quotePath } from "../files/show-path.js";
import { requiresPublicAddresses } from "../network/public-addresses.js";
import { quoteUrl } from "../network/show-url.js";
import { trustedCertificates } from "../network/trusted-certificates.js";
import { hashFile } from "../transfer/hash-file.js";
import { checkTargetFile, findTargetFile, publish } from "../transfer/target-file.js";
import { expectedChecksum, type ExpectedChecksum } from "./checksum.js";
import { downloadOnce, type DownloadAttempt } from "./download-once.js";
import { PartialFile } from "./partial-file.js";
import { fileNameOf } from "./source-url.js";
import { TransferFailure } from "./transfer-failure.js";

interface WebDownloadInput {
  readonly source: string;
  readonly destination: string;
  readonly overwrite?: boolean | undefined;
  readonly checksum?: string | undefined;
  readonly algorithm?: string | undefined;
  readonly ignoreCertificateErrors?: boolean | undefined;
}

const ATTEMPTS = 5;
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 60_000;
// the same as for the S3 client
const PATIENCE_MILLISECONDS = 60_000;

/**
 * Downloads to a hidden file next to the destination, checks it there, and renames it when it is complete. If a server is silent for
 * longer than the limit, the attempt has failed.
 */
export async function webDownload(
  input: WebDownloadInput,
  context: ActionContext,
  patienceMilliseconds = PATIENCE_MILLISECONDS,
): Promise<ActionResult> {
  const source = new URL(input.source);
  const destination = destinationOf(input, source, context);
  const expected = expectedChecksum(input.checksum, input.algorithm);
  if (expected === undefined) warnOfUnchecked(input, context);
  const overwrite = input.overwrite ?? true;
  await checkTargetFile(destination, overwrite, context);
  if (expected !== undefined && (await hasChecksum(destination, expected, context))) {
    context.log(`kept ${quotePath(destination)}, which has the ${expected.algorithm} checksum already`);
    return { status: "succeeded", changed: false, outputs: { destination } };
  }
  await download(input, { source, destination, expected, overwrite, patienceMilliseconds }, context);
  context.log(`downloaded ${quoteUrl(source)} to ${quotePath(destination)}`);
  return { status: "succeeded", changed: true, outputs: { destination } };
}

function destinationOf(input: WebDownloadInput, source: URL, context: ActionContext): string {
  const { platform } = context.host;
  const path = resolvePath(input.destination, context);
  if (!endsWithSeparator(input.destination, platform)) return path;
  const separator = endsWithSeparator(path, platform) ? "" : "/";
  return resolvePath(`${path}${separator}${fileNameOf(source, platform) ?? ""}`, context);
}

function warnOfUnchecked({ checksum, algorithm }: WebDownloadInput, { log }: ActionContext): void {
  if (checksum !== undefined) log(`"checksum" is not checked, because there is no "algorithm"`);
  else if (algorithm !== undefined) log(`no checksum is checked, because there is an "algorithm" but no "checksum"`);
}

async function hasChecksum(path: string, expected: ExpectedChecksum, { host, signal }: ActionContext): Promise<boolean> {
  if ((await factsIfPresent(host.files, "read file", path)) === undefined) return false;
  return (await hashFile(host.files, path, expected.algorithm, signal)) === expected.digits;
}

interface Download {
  readonly source: URL;
  readonly destination: string;
  readonly expected: ExpectedChecksum | undefined;
  readonly overwrite: boolean;
  readonly patienceMilliseconds: number;
}

async function download(
  input: WebDownloadInput,
  { source, destination, expected, overwrite, patienceMilliseconds }: Download,
  context: ActionContext,
): Promise<void> {
  const { environment, host, log, signal } = context;
  const certificates = await trustedCertificates(context);
  const connection = {
    environment,
    certificates,
    publicOnly: requiresPublicAddresses(environment),
    patienceMilliseconds,
    signal,
    log,
    ignoreCertificateErrors: input.ignoreCertificateErrors ?? false,
  };
  const target = await findTargetFile(destination, overwrite, context);
  const partial = new PartialFile(host.files, source, target);
  try {
    await untilWhole({ source, destination, partial, connection }, expected, context);
    await publish(host.files, partial.path, target);
    await partial.discard();
  } catch (thrown) {
    const cutOff = signal.aborted || isImagewrightError(thrown, "action-modules-core/download-failed");
    await (cutOff ? partial.leave() : partial.discard()).catch(() => undefined);
    throw thrown;
  }
}

/**
 * Retries until the content is complete and right, with pauses that double. Throws the error of the last attempt, or of a permanent
 * failure.
 */
async function untilWhole(
  attempt: DownloadAttempt,
  expected: ExpectedChecksum | undefined,
  { host, log, signal }: ActionContext,
): Promise<void> {
  const url = quoteUrl(attempt.source);
  for (let tried = 1; ; tried++) {
    const failure = await tryOnce(attempt, expected, host.files);
    if (failure === undefined) return;
    const { reason, details } = failure;
    if (!details.again) await attempt.partial.discard();
    if (!details.again || tried === ATTEMPTS) {
      const tries = tried === 1 ? "" : `; that was attempt ${tried} of ${ATTEMPTS}`;
      throw actionError("download-failed", { url, reason: `${reason}${tries}`, hint: details.hint }, { cause: details.cause });
    }
    const pause = Math.min(Math.max(FIRST_PAUSE * 2 ** (tried - 1), details.pause ?? 0), LONGEST_PAUSE);
    log(`cannot download ${url}: ${reason}; attempt ${tried + 1} of ${ATTEMPTS} follows in ${count(Math.ceil(pause / 1000), "second")}`);
    await host.clock.sleep(pause, signal);
  }
}

async function tryOnce(
  attempt: DownloadAttempt,
  expected: ExpectedChecksum | undefined,
  files: ActionContext["host"]["files"],
): Promise<TransferFailure | undefined> {
  const { signal } = attempt.connection;
  signal.throwIfAborted();
  try {
    const way = await downloadOnce(attempt);
    if (expected !== undefined) await verify(attempt, expected, way, files);
    return undefined;
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof TransferFailure) return thrown;
    throw thrown;
  }
}

async function verify(
  { partial, connection }: DownloadAttempt,
  expected: ExpectedChecksum,
  way: "whole" | "resumed",
  files: ActionContext["host"]["files"],
): Promise<void> {
  const found = await hashFile(files, partial.path, expected.algorithm, connection.signal);
  if (found === expected.digits) return;
  await partial.discard();
  const reason = `its ${expected.algorithm} checksum is ${found}; expected ${expected.digits}`;
  // if the parts do not belong together, a download in one piece may still be right
  throw new TransferFailure(reason, { again: way === "resumed" });
}
