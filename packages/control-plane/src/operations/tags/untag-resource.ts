import { removeTags } from "@imagewright/imagebuilder-model";
import { defineOperation } from "../../operation-definition.js";
import { changeResource } from "../../resources/change-resource.js";
import { findOwnResource } from "../../resources/find-resource.js";
import { assertNamesOne, TAGGED } from "./tagged-resource.js";

/** Removes tags from a resource of any type; keys that it does not have are skipped. Source: API model. */
export const untagResource = defineOperation({
  name: "UntagResource",
  run: async ({ resourceArn: arn, tagKeys }, context) => {
    const row = await findOwnResource(context, arn, TAGGED);
    assertNamesOne(context, arn, row);
    await changeResource(context, row, { tags: removeTags(row.tags, tagKeys) });
    return {};
  },
});
