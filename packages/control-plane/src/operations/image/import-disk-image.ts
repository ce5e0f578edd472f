import type { Api, Checked } from "@imagewright/imagebuilder-model";
import { invalidCombination, invalidValue } from "../../errors/api-errors.js";
import { newVersion } from "../../input/new-version.js";
import { defineOperation } from "../../operation-definition.js";
import { findResource } from "../../resources/find-resource.js";
import { compact } from "../compact.js";
import {
  INFRASTRUCTURE_CONFIGURATION,
  infrastructureConfigurationOf,
} from "../infrastructure-configuration/infrastructure-configuration.js";
import { checkExecutionRole } from "./image-settings.js";
import { storeImage } from "./store-image.js";

const name = "ImportDiskImage";
const PLATFORM = "Windows";
const OS_VERSION = "Microsoft Windows 11";

/**
 * Makes an image from the installation medium of Windows in S3; it is PENDING until something runs it. Source: API model; guide chapter 22.
 */
export const importDiskImage = defineOperation({
  name,
  run: async (input, context) => {
    checkDisk(input);
    checkExecutionRole(context, input);
    const infrastructure = await findResource(context, input.infrastructureConfigurationArn, INFRASTRUCTURE_CONFIGURATION);
    const { osVersion, executionRole, loggingConfiguration, description, uri, registerImageOptions, windowsConfiguration } = input;
    const { arn } = await storeImage(context, {
      ...{ name: input.name, version: newVersion(name, input.semanticVersion, "image"), tags: input.tags },
      detail: compact({
        ...({ type: "AMI", platform: PLATFORM, osVersion, buildType: "IMPORT_ISO", imageSource: "IMPORTED" } as const),
        ...{ executionRole, loggingConfiguration },
      }),
      origin: compact({
        ...{ description, infrastructureConfiguration: infrastructureConfigurationOf(infrastructure) },
        diskImport: compact({ uri, registerImageOptions, windowsConfiguration }),
      }),
    });
    return { imageBuildVersionArn: arn };
  },
});

function checkDisk({ platform, osVersion, uri, registerImageOptions }: Checked<Api.ImportDiskImageRequest>): void {
  if (platform !== PLATFORM) throw invalidValue(name, "platform", `found '${platform}'; allowed: ${PLATFORM}`);
  if (osVersion !== OS_VERSION) throw invalidValue(name, "osVersion", `found '${osVersion}'; allowed: ${OS_VERSION}`);
  if (!/^s3:\/\/[^/]+\/.*[^/]\.(iso|ISO|Iso)$/.test(uri))
    throw invalidValue(
      name,
      "uri",
      "it must be the address of an ISO file in S3; allowed: s3://<bucket>/<key> with the ending .iso, .ISO or .Iso",
    );
  if (registerImageOptions?.uefiData !== undefined && registerImageOptions.secureBootEnabled === false)
    throw invalidCombination(name, "'uefiData' is for Secure Boot: it cannot be given while 'secureBootEnabled' is false");
}
