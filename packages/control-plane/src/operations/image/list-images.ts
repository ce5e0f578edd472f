import { notDeprecated } from "../../lists/not-deprecated.js";
import { listResources } from "../../lists/list-resources.js";
import { defineOperation } from "../../operation-definition.js";
import { imageVersionOf } from "./image.js";

/** The versions of images, or one entry a name. `includeDeprecated` is about those of Amazon. Source: API model. */
export const listImages = defineOperation({
  name: "ListImages",
  run: async (input, context) => {
    const showsAll = input.includeDeprecated === true || input.owner !== "Amazon";
    const { rows, ...page } = await listResources(context, input, {
      ...{ kind: "image", of: "versions" },
      where: (query) => (showsAll ? query : notDeprecated(query)),
    });
    return { ...page, imageVersionList: rows.map((row) => imageVersionOf(row, input.byName === true)) };
  },
});
