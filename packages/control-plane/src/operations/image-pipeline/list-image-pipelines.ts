import { listResources } from "../../lists/list-resources.js";
import { defineOperation } from "../../operation-definition.js";
import { pipelineStates } from "../../pipelines/pipeline-state.js";
import { imagePipelineOf } from "./image-pipeline.js";

/** The pipelines of the account. Source: API model. */
export const listImagePipelines = defineOperation({
  name: "ListImagePipelines",
  run: async (input, context) => {
    const { rows, ...page } = await listResources(context, input, { kind: "image-pipeline", of: "versions" });
    const ids = rows.map(({ id }) => id);
    const states = await pipelineStates(context.database, ids);
    return { ...page, imagePipelineList: rows.map((row) => imagePipelineOf(row, states.get(row.id), context.now)) };
  },
});
