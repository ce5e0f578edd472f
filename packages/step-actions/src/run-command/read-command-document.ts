import { unknownName, quote, type Diagnostic, type SourceFile } from "@imagewright/diagnostics";
import { readData, type DataReport } from "@imagewright/yaml-syntax";
import { compileAllowed } from "./allowed-pattern.js";
import type { CommandDocument } from "./command-document.js";
import { COMMAND_DOCUMENT_SCHEMA } from "./command-document-schema.js";
import { placeholdersIn } from "./placeholders.js";

/** Reads a command document in YAML or JSON, and reports all its faults; undefined if it has errors. */
export function readCommandDocument(source: SourceFile): {
  readonly document: CommandDocument | undefined;
  readonly diagnostics: readonly Diagnostic[];
} {
  const { value, diagnostics } = readData<CommandDocument>(source, COMMAND_DOCUMENT_SCHEMA, { what: "the command document", rules: check });
  return { document: value, diagnostics };
}

function check({ parameters = {}, mainSteps }: CommandDocument, report: DataReport): void {
  for (const [name, { allowedPattern }] of Object.entries(parameters))
    if (allowedPattern !== undefined && compileAllowed(allowedPattern) === undefined)
      report.error(
        "invalid-pattern",
        ["parameters", name, "allowedPattern"],
        `${quote(allowedPattern)} is no regular expression in RE2 syntax`,
      );
  const names = Object.keys(parameters).sort();
  for (const [index, { inputs }] of mainSteps.entries())
    for (const [key, value] of Object.entries(inputs)) {
      const texts = Array.isArray(value)
        ? value.map((text, line) => [[key, line], String(text)] as const)
        : [[[key], String(value)] as const];
      for (const [path, text] of texts)
        for (const used of placeholdersIn(text).filter((name) => !names.includes(name)))
          report.error("unknown-reference", ["mainSteps", index, "inputs", ...path], unknownName("parameter", used, names));
    }
}
