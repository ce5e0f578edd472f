import { latestVersionReferences, parseArn } from "@imagewright/imagebuilder-model";
import { defineOperation } from "../../operation-definition.js";
import { findResource } from "../../resources/find-resource.js";
import { componentOf } from "./component.js";

/** A component by the ARN of a build, of a version, or with wildcards. Source: API model. */
export const getComponent = defineOperation({
  name: "GetComponent",
  run: async ({ componentBuildVersionArn: arn }, context) => {
    const row = await findResource(context, arn, { parameter: "componentBuildVersionArn", types: ["component"] });
    return { component: componentOf(row, row.document), latestVersionReferences: latestVersionReferences(parseArn(row.arn)) };
  },
});
