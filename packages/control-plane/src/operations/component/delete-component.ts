import { defineOperation } from "../../operation-definition.js";
import { deleteResource } from "../../resources/change-resource.js";

/** Deletes a build of a component that no recipe needs. Source: API model. */
export const deleteComponent = defineOperation({
  name: "DeleteComponent",
  run: async ({ componentBuildVersionArn: arn }, context) => {
    const named = { parameter: "componentBuildVersionArn", types: ["component"], levels: ["build"] } as const;
    return { componentBuildVersionArn: (await deleteResource(context, arn, named)).arn };
  },
});
