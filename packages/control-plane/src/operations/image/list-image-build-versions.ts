import { listResources } from "../../lists/list-resources.js";
import { ofVersion } from "../../lists/of-version.js";
import { defineOperation } from "../../operation-definition.js";
import { imageSummaryOf } from "./image.js";

/** The builds of a version of an image, or of all images of the account, in any state. Source: API model. */
export const listImageBuildVersions = defineOperation({
  name: "ListImageBuildVersions",
  run: async (input, context) => {
    const listed = ofVersion(context, input.imageVersionArn, { parameter: "imageVersionArn", types: ["image"], levels: ["version"] });
    const { rows, ...page } = await listResources(context, input, { kind: "image", of: "builds", ...listed });
    return { ...page, imageSummaryList: rows.map(imageSummaryOf) };
  },
});
