import { latestVersionReferences, parseArn, type Api, type Checked } from "@imagewright/imagebuilder-model";
import { invalidValue } from "../../errors/api-errors.js";
import { defineOperation, type CallContext } from "../../operation-definition.js";
import { checkBlockDevices } from "../../recipes/block-devices.js";
import { PARENT_OF_IMAGE } from "../../recipes/image-forms.js";
import { checkParentImage } from "../../recipes/parent-image.js";
import { checkRecipeComponents } from "../../recipes/recipe-components.js";
import { takeVersion } from "../../recipes/recipe-version.js";
import { storeResource } from "../../resources/store-resource.js";
import { withoutMembers } from "../without-members.js";

/** Creates a version of an image recipe. Source: API model; guide chapter 26. */
export const createImageRecipe = defineOperation({
  name: "CreateImageRecipe",
  run: async (input, context) => {
    const { name, semanticVersion, tags } = input;
    const detail = withoutMembers(input, "name", "semanticVersion", "tags", "clientToken", "dryRun");
    checkBlockDevices(context.operation, "blockDeviceMappings", input.blockDeviceMappings);
    const version = await takeVersion(context, "image-recipe", { name, semanticVersion });
    const components = await checkRecipeComponents(context, input.components);
    const parent = await checkParentImage(context, { parentImage: input.parentImage, form: PARENT_OF_IMAGE }, components);
    // an AMI does not say here what it has
    const platform = components.platform ?? parent.platform ?? "Linux";
    checkInstance(context, input, platform);
    const references = [...components.references, ...parent.references];
    const stored = await storeResource(context, { type: "image-recipe", name, version, tags, detail: { ...detail, platform }, references });
    return { imageRecipeArn: stored.arn, latestVersionReferences: latestVersionReferences(parseArn(stored.arn)) };
  },
});

function checkInstance(
  { operation }: CallContext,
  { additionalInstanceConfiguration: instance, amiWatermarks = [] }: Checked<Api.CreateImageRecipeRequest>,
  platform: Api.Platform,
): void {
  if (platform === "Windows" && instance?.systemsManagerAgent !== undefined)
    throw invalidValue(operation, "additionalInstanceConfiguration.systemsManagerAgent", "it is not for Windows; allowed: Linux and macOS");
  if (new Set(amiWatermarks).size < amiWatermarks.length)
    throw invalidValue(operation, "amiWatermarks", "a name is given twice; allowed: once");
}
