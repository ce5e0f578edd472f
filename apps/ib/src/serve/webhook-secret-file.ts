import { closeSync, fsyncSync, linkSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { describeCause } from "@imagewright/diagnostics";
import { newWebhookSecret, webhookKey } from "@imagewright/events";
import { createNewFile } from "@imagewright/node-host";
import { ibError } from "../errors.js";

const LARGEST = 4096;
const EVERYBODY = 0o004;

/**
 * The key that signs webhooks, of a file that only its user can read; one that is missing is made. Errors: webhook-secret-not-usable;
 * events/webhook-secret-invalid.
 */
export function openWebhookSecret(path: string, random: (bytes: number) => Uint8Array): Uint8Array {
  let text: string;
  try {
    text = readSecret(path) ?? makeSecret(path, newWebhookSecret(random(32)));
  } catch (thrown) {
    throw ibError("webhook-secret-not-usable", { path, cause: describeCause(thrown) }, { cause: thrown });
  }
  return webhookKey(text);
}

function readSecret(path: string): string | undefined {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) return undefined;
  // a pipe would be waited for, maybe for ever
  if (!facts.isFile()) throw new Error("it is no regular file");
  if (facts.size > LARGEST) throw new Error(`it has ${String(facts.size)} bytes; at most ${String(LARGEST)} are allowed`);
  if (process.platform !== "win32" && (facts.mode & EVERYBODY) !== 0) throw new Error("every user of this computer can read it");
  return readFileSync(path, "utf8");
}

/** Of servers that start at once with one file, the first one's secret is that of all; one that is killed leaves no half of a file. */
function makeSecret(path: string, secret: string): string {
  const draft = `${path}.${String(process.pid)}.draft`;
  rmSync(draft, { force: true });
  const descriptor = createNewFile(draft);
  try {
    writeSync(descriptor, `${secret}\n`);
    fsyncSync(descriptor);
    linkSync(draft, path);
    return secret;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "EEXIST") throw thrown;
    return readFileSync(path, "utf8");
  } finally {
    closeSync(descriptor);
    rmSync(draft, { force: true });
  }
}
