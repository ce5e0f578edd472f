import { addTags } from "@imagewright/imagebuilder-model";
import { isImagewrightError } from "@imagewright/diagnostics";
import { invalidValue } from "../../errors/api-errors.js";
import { defineOperation } from "../../operation-definition.js";
import { assertBuildTriggers } from "../../pipelines/also-build-when.js";
import { changeResource } from "../../resources/change-resource.js";
import { findOwnResource } from "../../resources/find-resource.js";
import { assertNamesOne, TAGGED } from "./tagged-resource.js";

/** Adds tags to a resource of any type; those with the same keys are replaced. Source: API model. */
export const tagResource = defineOperation({
  name: "TagResource",
  run: async ({ resourceArn: arn, tags }, context) => {
    const row = await findOwnResource(context, arn, TAGGED);
    assertNamesOne(context, arn, row);
    if (row.type === "image-pipeline") assertBuildTriggers(context.operation, tags);
    try {
      await changeResource(context, row, { tags: addTags(row.tags, tags) });
    } catch (thrown) {
      throw isImagewrightError(thrown) ? invalidValue(context.operation, "tags", thrown.message) : thrown;
    }
    return {};
  },
});
