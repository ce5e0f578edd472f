import { describeCause, isImagewrightError } from "@imagewright/diagnostics";
import { buildHostError } from "../errors.js";
import { debianMirrors } from "./debian-mirrors.js";

export interface ReleaseOptions {
  /** The address of a mirror; that of this machine's apt if it is left out. */
  readonly mirror?: string | undefined;
  /** Where the settings of apt are; /etc/apt if it is left out. */
  readonly aptFolder?: string;
  readonly signal?: AbortSignal | undefined;
}

const MILLISECONDS = 20_000;
/** The date is among the first lines; the rest of the file is not asked for. */
const BYTES = 4096;

/**
 * When a suite of Debian was last released, as its mirror has it: one request for the beginning of the file Release. Errors:
 * no-debian-mirror, release-not-read.
 */
export async function readDebianRelease(suite: string, { mirror, aptFolder, signal }: ReleaseOptions = {}): Promise<Date> {
  const [first] = mirror === undefined ? await debianMirrors(suite, aptFolder) : [mirror.replace(/\/+$/, "")];
  if (first === undefined) throw buildHostError("no-debian-mirror", { suite });
  const date = await releaseDateAt(first, suite, signal);
  if (date !== undefined) return date;
  const { url } = requestOf(releaseFile(first, suite));
  throw buildHostError("release-not-read", { url, cause: "the mirror answers 404" });
}

/** The date of a suite at a mirror; undefined if the mirror does not have the suite. Errors: release-not-read. */
export async function releaseDateAt(mirror: string, suite: string, signal: AbortSignal | undefined): Promise<Date | undefined> {
  const { url, headers } = requestOf(releaseFile(mirror, suite));
  try {
    const patience = AbortSignal.any([AbortSignal.timeout(MILLISECONDS), ...(signal === undefined ? [] : [signal])]);
    const response = await fetch(url, { headers: { ...headers, range: `bytes=0-${String(BYTES - 1)}` }, signal: patience });
    if (response.status === 404) return undefined;
    if (!response.ok || response.body === null) throw new Error(`the mirror answers ${String(response.status)}`);
    return dateIn(await beginningOf(response.body));
  } catch (thrown) {
    if (isImagewrightError(thrown)) throw thrown;
    const { cause } = thrown as Error;
    throw buildHostError("release-not-read", { url, cause: describeCause(cause ?? thrown) }, { cause: thrown });
  }
}

function releaseFile(mirror: string, suite: string): string {
  return `${mirror}/dists/${suite}/Release`;
}

/** Sources of apt may have a user and a password, which are not shown. */
function requestOf(address: string): { readonly url: string; readonly headers: Readonly<Record<string, string>> } {
  const url = new URL(address);
  const { username, password } = url;
  if (username === "" && password === "") return { url: address, headers: {} };
  [url.username, url.password] = ["", ""];
  const words = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { url: url.href, headers: { authorization: `Basic ${Buffer.from(words).toString("base64")}` } };
}

/** A mirror that knows no ranges sends more, which is not read. */
async function beginningOf(body: ReadableStream<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, BYTES).toString("latin1");
}

function dateIn(text: string): Date {
  const date = new Date(/^Date: (.{1,60})$/m.exec(text)?.[1] ?? "");
  if (Number.isNaN(date.getTime())) throw new Error("it has no date");
  return date;
}
