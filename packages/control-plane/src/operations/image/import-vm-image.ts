import { readResourceName } from "@imagewright/imagebuilder-model";
import { invalidValue } from "../../errors/api-errors.js";
import { newVersion } from "../../input/new-version.js";
import { defineOperation } from "../../operation-definition.js";
import { compact } from "../compact.js";
import { OWN_LOG_GROUPS } from "./image-settings.js";
import { storeImage } from "./store-image.js";

const name = "ImportVmImage";

/**
 * Makes an image that follows an import task of a virtual machine; it is PENDING until something runs it. Source: API model; guide
 * chapter 22.
 */
export const importVmImage = defineOperation({
  name,
  run: async (input, context) => {
    const { platform, osVersion, description, vmImportTaskId, loggingConfiguration, tags } = input;
    const named = readResourceName(input.name);
    if (named.value === undefined) throw invalidValue(name, "name", named.diagnostics.map(({ message }) => message).join("; "));
    const group = loggingConfiguration?.logGroupName;
    if (group !== undefined && !group.startsWith(OWN_LOG_GROUPS))
      throw invalidValue(
        ...([name, "loggingConfiguration"] as const),
        `the log group '${group}' is not one of imports; allowed: log groups whose name begins with '${OWN_LOG_GROUPS}'`,
      );
    const { arn } = await storeImage(context, {
      ...{ name: named.value, version: newVersion(name, input.semanticVersion, "image"), tags },
      detail: compact({
        ...({ type: "AMI", buildType: "IMPORT", imageSource: "IMPORTED" } as const),
        ...{ platform, osVersion, loggingConfiguration },
      }),
      origin: compact({ description, vmImportTaskId }),
    });
    return { imageArn: arn };
  },
});
