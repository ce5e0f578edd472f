import { sql, type SqlBool } from "kysely";
import { listResources } from "../../lists/list-resources.js";
import { defineOperation } from "../../operation-definition.js";
import { findResource } from "../../resources/find-resource.js";
import { imageSummaryOf } from "./image.js";

/** The builds of images that a pipeline has made. Source: API model. */
export const listImagePipelineImages = defineOperation({
  name: "ListImagePipelineImages",
  run: async (input, context) => {
    const { arn } = await findResource(context, input.imagePipelineArn, { parameter: "imagePipelineArn", types: ["image-pipeline"] });
    const { rows, ...page } = await listResources(context, input, {
      ...{ kind: "image", of: "builds" },
      // an index has this expression
      where: (query) => query.where(sql<SqlBool>`detail ? 'sourcePipelineArn' and detail ->> 'sourcePipelineArn' = ${arn}`),
    });
    return { ...page, imageSummaryList: rows.map(imageSummaryOf) };
  },
});
