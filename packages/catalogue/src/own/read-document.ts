import { realpath } from "node:fs/promises";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { quote, SourceFile } from "@imagewright/diagnostics";
import { describeTextFault, readTextFile } from "@imagewright/node-host";
import type { DataReport, Path } from "@imagewright/yaml-syntax";

/** The largest document, in bytes. Source: API model, `CreateComponentRequest.uri`, `CreateWorkflowRequest.uri`. */
const LARGEST_DOCUMENT = 65_536;

/**
 * Reads a document of a catalogue's folder, whose path has no links. A path that leads out of the folder, in whatever way, is a fault of
 * the list, as is a file that cannot be read. Undefined for these.
 */
export async function readDocument(folder: string, name: string, report: DataReport, at: Path): Promise<SourceFile | undefined> {
  const path = resolve(folder, name);
  const real = await realpath(path).catch(() => path);
  if (!isBelow(folder, real)) {
    report.error("document-outside", at, `${quote(name)} is outside of the folder of the catalogue; allowed: files in it`);
    return undefined;
  }
  const read = await readTextFile(real, { largest: LARGEST_DOCUMENT });
  if ("text" in read) return new SourceFile(path, read.text);
  report.error("document-not-readable", at, `${quote(name)} cannot be read: ${describeTextFault(read.fault)}`);
  return undefined;
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
