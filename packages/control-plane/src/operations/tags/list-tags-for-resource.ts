import { defineOperation } from "../../operation-definition.js";
import { findResource } from "../../resources/find-resource.js";
import { assertNamesOne, TAGGED } from "./tagged-resource.js";

/** The tags of a resource of any type. Source: API model. */
export const listTagsForResource = defineOperation({
  name: "ListTagsForResource",
  run: async ({ resourceArn: arn }, context) => {
    const row = await findResource(context, arn, TAGGED);
    assertNamesOne(context, arn, row);
    return { tags: row.tags };
  },
});
