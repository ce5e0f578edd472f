import { readResource } from "@imagewright/resource-files";
import type { CheckedData, DataSource } from "@imagewright/yaml-syntax";
import { checkSettings } from "../rules/settings-rules.js";
import { settingsSchema, type DistributionSettings } from "./settings-schema.js";

// a template may leave these open, since a plan does not need them
const UNIMPORTANT = ["description", "tags"];

/**
 * Reads distribution settings: the request of CreateDistributionConfiguration or UpdateDistributionConfiguration, the response of
 * GetDistributionConfiguration, or the settings in a CloudFormation template. Reports all faults that do not depend on a build. Diagnostics
 * have their places in the text; there is a value unless one of them is an error. Throws nothing.
 */
export function readSettings(source: DataSource): CheckedData<DistributionSettings> {
  const options = { what: "the settings", name: "settings", schema: settingsSchema, rules: checkSettings, unimportant: UNIMPORTANT };
  return readResource<DistributionSettings>(source, "distribution-configuration", options);
}
