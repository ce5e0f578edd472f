import type { SourceFile } from "@imagewright/diagnostics";
import { readDocument, type Reading } from "../shapes/read-document.js";
import { checkSettings } from "../rules/settings-rules.js";
import { settingsShape, type Settings } from "./settings-shape.js";

/**
 * Reads distribution settings, the JSON that CreateDistributionConfiguration takes, and finds everything that is wrong with
 * them whatever the build is. Diagnostics have their places in the text; there is a value unless one of them is an error.
 */
export function readSettings(source: SourceFile): Reading<Settings> {
  return readDocument(source, settingsShape, "the settings", checkSettings);
}
