import { readData, type CheckedData, type DataSource } from "@imagewright/yaml-syntax";
import { checkSettings } from "../rules/settings-rules.js";
import { settingsSchema, type Settings } from "./settings-schema.js";

/**
 * Reads distribution settings, which CreateDistributionConfiguration takes, and finds everything that is wrong with them whatever the
 * build is. Diagnostics have their places in the text; there is a value unless one of them is an error.
 */
export function readSettings(source: DataSource): CheckedData<Settings> {
  const options = { what: "the settings", name: "settings", envelope: "distributionConfiguration", rules: checkSettings };
  return readData<Settings>(source, settingsSchema(), options);
}
