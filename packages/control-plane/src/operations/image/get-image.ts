import { latestVersionReferences, parseArn } from "@imagewright/imagebuilder-model";
import { defineOperation } from "../../operation-definition.js";
import { findResource } from "../../resources/find-resource.js";
import { imageOf } from "./image.js";

/** A build of an image in any state, or the newest one that is AVAILABLE of a version or of wildcards. Source: API model. */
export const getImage = defineOperation({
  name: "GetImage",
  run: async ({ imageBuildVersionArn: arn }, context) => {
    const named = { parameter: "imageBuildVersionArn", types: ["image"] } as const;
    const row = await findResource(context, arn, named, { withStatus: ["AVAILABLE"] });
    return { image: imageOf(row), latestVersionReferences: latestVersionReferences(parseArn(row.arn)) };
  },
});
