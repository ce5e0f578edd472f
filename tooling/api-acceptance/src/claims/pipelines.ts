import { decision, guide, model, terraform, type Claims } from "./claim.js";

export const pipelineClaims = {
  "API-007": {
    says: "CreateImagePipeline stores a pipeline of exactly one recipe",
    sources: [model("CreateImagePipeline"), guide(40), terraform],
  },
  "API-016": {
    says: "DeleteImagePipeline removes a pipeline and leaves its images",
    sources: [model("DeleteImagePipeline"), guide(35)],
  },
  "API-028": {
    says: "GetImagePipeline has the next run, the failures in a row and the last status",
    sources: [model("ImagePipeline"), terraform],
  },
  "API-048": {
    says: "ListImagePipelineImages has the images of one pipeline, in pages",
    sources: [model("ListImagePipelineImages")],
  },
  "API-049": {
    says: "ListImagePipelines has whole pipelines, in pages",
    sources: [model("ListImagePipelines"), guide(40)],
  },
  "API-070": {
    says: "StartImagePipelineExecution makes the next image, of a disabled pipeline too",
    sources: [model("StartImagePipelineExecution"), decision("an image has its number as soon as it is started")],
  },
  "API-075": {
    says: "UpdateImagePipeline replaces everything, but never the kind of recipe",
    sources: [model("UpdateImagePipeline"), guide(40), terraform],
  },
  "API-088": {
    says: "ListImagePipelines has six filters",
    sources: [model("ListImagePipelinesRequest.filters")],
  },
  "API-089": {
    says: "ListImagePipelineImages has the filters name and version",
    sources: [model("ListImagePipelineImagesRequest.filters")],
  },
} satisfies Claims;
