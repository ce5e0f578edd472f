export { awsSettings } from "./aws-settings.js";
export type { Configuration, PrivateAddresses } from "./configuration.js";
export { openConfiguration, type ConfigurationRequest, type OpenedConfiguration } from "./open-configuration.js";
export { resolveConfiguration, type GivenFlags, type Sources } from "./resolve-configuration.js";
export { describeOrigin, type SettingOrigin, type ConfiguredValue } from "./configured-value.js";
export { stepEnvironment } from "./step-environment.js";
export { placeOfOthers } from "./sudo/place-of-others.js";
export { requireRootsFolder, requireRootsFolders } from "./sudo/require-roots-folders.js";
export { isUnderSudo, rootsEnvironment } from "./sudo/under-sudo.js";
