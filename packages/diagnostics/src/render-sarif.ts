import { toJson, type JsonPlace } from "./render-json.js";
import type { Diagnostic } from "./diagnostic.js";
import { escapeControls } from "./screen/escape.js";

const LEVELS = { error: "error", warning: "warning", info: "note" } as const;

/**
 * Diagnostics as a SARIF 2.1.0 log, which code hosts show next to the changed lines.
 * Source: OASIS "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
 */
export function toSarif(diagnostics: readonly Diagnostic[], tool: { readonly name: string; readonly version: string }) {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            version: tool.version,
            rules: [...new Set(diagnostics.map((diagnostic) => diagnostic.code))].sort().map((id) => ({ id })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: toJson(diagnostics).map((diagnostic) => ({
          ruleId: diagnostic.code,
          level: LEVELS[diagnostic.severity],
          message: { text: [diagnostic.message, ...(diagnostic.help === undefined ? [] : [diagnostic.help])].map(messageText).join("\n") },
          locations: [sarifLocation(diagnostic)],
          ...(diagnostic.related === undefined
            ? {}
            : {
                relatedLocations: diagnostic.related.map((place) => ({
                  ...sarifLocation(place),
                  message: { text: messageText(place.message) },
                })),
              }),
        })),
      },
    ],
  };
}

/** Viewers show the text, and make a link of `[text](place)`, which a document may contain. */
function messageText(text: string): string {
  return escapeControls(text).replace(/\[(?=[^\]]*\]\()/g, "\\[");
}

function sarifLocation(place: JsonPlace) {
  return {
    physicalLocation: {
      artifactLocation: { uri: toWellFormed(place.file).split(/[\\/]/).map(encodeURIComponent).join("/") },
      region: { startLine: place.line, startColumn: place.column, endLine: place.endLine, endColumn: place.endColumn },
    },
  };
}

/** Unpaired surrogates have no UTF-8, and thus no URI. */
function toWellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, "\ufffd");
}
