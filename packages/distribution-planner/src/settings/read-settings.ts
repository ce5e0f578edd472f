import { readData, type CheckedData, type DataSource } from "@imagewright/yaml-syntax";
import { checkSettings } from "../rules/settings-rules.js";
import { settingsSchema, type DistributionSettings } from "./settings-schema.js";

/**
 * Reads distribution settings (of CreateDistributionConfiguration) and reports all faults that do not depend on a build. Diagnostics have
 * their places in the text; there is a value unless one of them is an error. Throws nothing.
 */
export function readSettings(source: DataSource): CheckedData<DistributionSettings> {
  const options = { what: "the settings", name: "settings", envelope: "distributionConfiguration", rules: checkSettings };
  return readData<DistributionSettings>(source, settingsSchema(), options);
}
