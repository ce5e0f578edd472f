import { closeSync, readFileSync, statSync, writeSync } from "node:fs";
import { keyFileWrapper, newKeyFile, type KeyWrapper } from "@imagewright/control-plane";
import { describeCause } from "@imagewright/diagnostics";
import { createNewFile } from "@imagewright/node-host";
import { ibError } from "../errors.js";

const LARGEST = 4096;
const EVERYBODY = 0o004;

/** The key of a file. Errors: encryption-key-not-usable; encryption-key-invalid of the control plane. */
export function readKeyFile(path: string): KeyWrapper {
  let text: string;
  try {
    const facts = statSync(path);
    // a pipe would be waited for, maybe for ever
    if (!facts.isFile()) throw new Error("it is no regular file");
    if (facts.size > LARGEST) throw new Error(`it has ${String(facts.size)} bytes; at most ${String(LARGEST)} are allowed`);
    if (process.platform !== "win32" && (facts.mode & EVERYBODY) !== 0) throw new Error("every user of this computer can read it");
    text = readFileSync(path, "utf8");
  } catch (thrown) {
    throw ibError("encryption-key-not-usable", { path, cause: describeCause(thrown) }, { cause: thrown });
  }
  return keyFileWrapper(text, path);
}

/** Makes a new key file, which only its user can read. Nothing that is there is replaced. Errors: encryption-key-not-written. */
export function writeKeyFile(path: string): KeyWrapper {
  const text = newKeyFile();
  try {
    const descriptor = createNewFile(path);
    try {
      writeSync(descriptor, text);
    } finally {
      closeSync(descriptor);
    }
  } catch (thrown) {
    const cause = (thrown as NodeJS.ErrnoException).code === "EEXIST" ? "there is something of this name" : describeCause(thrown);
    throw ibError("encryption-key-not-written", { path, cause }, { cause: thrown });
  }
  return keyFileWrapper(text, path);
}
