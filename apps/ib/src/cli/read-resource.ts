import { hasErrors, type Diagnostic, type SourceFile } from "@imagewright/diagnostics";
import { openResource, type FileKind, type OpenOptions } from "@imagewright/resource-files";
import { PlacedData, type DataSource } from "@imagewright/yaml-syntax";

export interface ResourceReading<Reading> {
  readonly reading: Reading;
  /** What was read: the file itself, or the resource in it. */
  readonly data: DataSource;
  /** All that is to be said: of a file of another kind only that. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the one resource of a file, which is the file itself or stands in it where it is a CloudFormation template. What the file is, is
 * looked for only where the reader finds faults: lists of images may be of a million.
 */
export function readResource<Reading extends { readonly diagnostics: readonly Diagnostic[] }>(
  source: SourceFile,
  kind: FileKind,
  read: (data: DataSource) => Reading,
  options: OpenOptions = {},
): ResourceReading<Reading> {
  const reading = read(source);
  if (!hasErrors(reading.diagnostics)) return { reading, data: source, diagnostics: reading.diagnostics };
  const { form, resource, diagnostics } = openResource(source, kind, { open: "refuse", ...options });
  if (form !== "template" || resource === undefined)
    return { reading, data: source, diagnostics: form === "file" ? reading.diagnostics : diagnostics };
  const { node, values } = resource;
  const data = new PlacedData(node, (scalar) => values.isOpen(scalar));
  const ofResource = read(data);
  return { reading: ofResource, data, diagnostics: [...diagnostics, ...ofResource.diagnostics] };
}
