import type { Api, Checked } from "@imagewright/imagebuilder-model";
import { invalidCombination, invalidValue } from "../../errors/api-errors.js";
import type { CallContext } from "../../operation-definition.js";

/** The settings with which an image is made; a pipeline has them too. */
export type ImageSettings = Pick<
  Checked<Api.CreateImageRequest>,
  "imageTestsConfiguration" | "imageScanningConfiguration" | "enhancedImageMetadataEnabled" | "executionRole" | "loggingConfiguration"
>;

/** The log groups for which no execution role is needed. */
export const OWN_LOG_GROUPS = "/aws/imagebuilder/";

/** The settings with the values of those that are not given. Source: API model, `CreateImageRequest`, `ImageTestsConfiguration`. */
export function withImageDefaults<Settings extends ImageSettings>(settings: Settings): Settings {
  return {
    ...settings,
    enhancedImageMetadataEnabled: settings.enhancedImageMetadataEnabled ?? true,
    imageTestsConfiguration: { imageTestsEnabled: true, timeoutMinutes: 720, ...settings.imageTestsConfiguration },
  };
}

/** Throws for settings that exclude each other, and for a role of another account. Source: API model, `CreateImageRequest`. */
export function checkImageSettings(context: CallContext, settings: ImageSettings): void {
  const { imageTestsConfiguration, imageScanningConfiguration } = settings;
  if (imageScanningConfiguration?.imageScanningEnabled === true && imageTestsConfiguration?.imageTestsEnabled === false)
    throw invalidCombination(
      context.operation,
      "An image is scanned while it is tested: 'imageScanningEnabled' cannot be true while 'imageTestsEnabled' is false",
    );
  checkExecutionRole(context, settings);
}

/**
 * Throws InvalidParameterValueException for a role of another account: no one can hand over such a role; and for a log group outside of
 * `/aws/imagebuilder/` without a role that may write to it. Source: API model, `RoleNameOrArn`, `ImageLoggingConfiguration`.
 */
export function checkExecutionRole(
  { operation, caller }: CallContext,
  { executionRole, loggingConfiguration }: Pick<ImageSettings, "executionRole" | "loggingConfiguration">,
): void {
  const account = executionRole === undefined ? undefined : /^arn:[^:]*:iam::(\d{12}):/.exec(executionRole)?.[1];
  if (account !== undefined && account !== caller.account)
    throw invalidValue(
      operation,
      "executionRole",
      `the role is of the account ${account}; allowed: roles of the account ${caller.account}`,
    );
  const group = loggingConfiguration?.logGroupName;
  if (group !== undefined && !group.startsWith(OWN_LOG_GROUPS) && executionRole === undefined)
    throw invalidValue(
      operation,
      "loggingConfiguration",
      `the log group '${group}' needs an 'executionRole' that may write to it; allowed without one: log groups whose name begins with '${OWN_LOG_GROUPS}'`,
    );
}
