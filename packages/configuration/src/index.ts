export { awsSettings } from "./aws-settings.js";
export type { Configuration } from "./configuration.js";
export { openConfiguration, type ConfigurationRequest, type OpenedConfiguration } from "./open-configuration.js";
export { resolveConfiguration, type GivenFlags, type Sources } from "./resolve-configuration.js";
export { describeOrigin, type SettingOrigin, type ConfiguredValue } from "./configured-value.js";
export { stepEnvironment } from "./step-environment.js";
