import { createImagePipeline } from "./create-image-pipeline.js";
import { deleteImagePipeline } from "./delete-image-pipeline.js";
import { getImagePipeline } from "./get-image-pipeline.js";
import { listImagePipelines } from "./list-image-pipelines.js";
import { startImagePipelineExecution } from "./start-image-pipeline-execution.js";
import { updateImagePipeline } from "./update-image-pipeline.js";

export const imagePipelineOperations = {
  CreateImagePipeline: createImagePipeline,
  DeleteImagePipeline: deleteImagePipeline,
  GetImagePipeline: getImagePipeline,
  ListImagePipelines: listImagePipelines,
  StartImagePipelineExecution: startImagePipelineExecution,
  UpdateImagePipeline: updateImagePipeline,
};
