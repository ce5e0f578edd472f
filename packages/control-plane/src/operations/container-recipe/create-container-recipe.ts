import { latestVersionReferences, parseArn } from "@imagewright/imagebuilder-model";
import { checkDockerfileTemplate } from "../../documents/dockerfile-template.js";
import { loadDocument } from "../../documents/load-document.js";
import { invalidValue } from "../../errors/api-errors.js";
import { defineOperation } from "../../operation-definition.js";
import { checkBlockDevices } from "../../recipes/block-devices.js";
import { MACHINE_OF_CONTAINER, PARENT_OF_CONTAINER } from "../../recipes/image-forms.js";
import { checkParentImage } from "../../recipes/parent-image.js";
import { checkRecipeComponents } from "../../recipes/recipe-components.js";
import { ownKeyFor } from "../../resources/own-key.js";
import { takeVersion } from "../../recipes/recipe-version.js";
import { storeResource } from "../../resources/store-resource.js";
import { compact } from "../compact.js";

const name = "CreateContainerRecipe";
const members = { data: "dockerfileTemplateData", uri: "dockerfileTemplateUri" };
// the model says nothing; as large as a component document
const MOST_BYTES = 65_536;

/** Creates a version of a container recipe, whose template has been read as a build reads it. Source: API model; guide chapter 27. */
export const createContainerRecipe = defineOperation({
  name,
  load: async ({ kmsKeyId, ...input }, services, caller) => ({
    template: await loadDocument(name, input, services, { members, mostBytes: MOST_BYTES }),
    ownKey: await ownKeyFor(name, { type: "container-recipe", kmsKeyId }, { services, caller }),
  }),
  run: async (input, context, { template, ownKey }) => {
    checkDockerfileTemplate(name, template, { hasComponents: (input.components ?? []).length > 0 });
    checkBlockDevices(name, "instanceConfiguration.blockDeviceMappings", input.instanceConfiguration?.blockDeviceMappings);
    const machine = input.instanceConfiguration?.image;
    if (machine !== undefined && !MACHINE_OF_CONTAINER.test(machine))
      throw invalidValue(name, "instanceConfiguration.image", `found '${machine}'; allowed: ${MACHINE_OF_CONTAINER.allowed}`);
    const version = await takeVersion(context, "container-recipe", input);
    const components = await checkRecipeComponents(context, input.components);
    const parent = await checkParentImage(context, { ...input, form: PARENT_OF_CONTAINER }, components);
    const { platformOverride } = input;
    const platform = platformOverride ?? components.platform ?? parent.platform ?? "Linux";
    if (platform === "macOS") throw invalidValue(name, "platformOverride", "there are no containers for macOS; allowed: Linux and Windows");
    if (components.platform !== undefined && components.platform !== platform)
      throw invalidValue(name, "platformOverride", `the components are for ${components.platform}; allowed: one platform`);
    const { containerType, description, instanceConfiguration, parentImage, workingDirectory, targetRepository, kmsKeyId } = input;
    const first = { containerType, description, platform, components: input.components, instanceConfiguration, parentImage };
    const detail = compact({
      ...first,
      workingDirectory,
      targetRepository,
      kmsKeyId,
      imageOsVersionOverride: input.imageOsVersionOverride,
    });
    const references = [...components.references, ...parent.references];
    const named = { type: "container-recipe", name: input.name, version, tags: input.tags } as const;
    const stored = await storeResource(context, { ...named, detail, document: template.text, ownKey, references });
    return { containerRecipeArn: stored.arn, latestVersionReferences: latestVersionReferences(parseArn(stored.arn)) };
  },
});
