import { guide, model, terraform, type Claims } from "./claim.js";

export const policyAndTagClaims = {
  "API-023": { says: "GetComponentPolicy has the text that was put", sources: [model("GetComponentPolicy"), guide(33)] },
  "API-025": { says: "GetContainerRecipePolicy has the text that was put", sources: [model("GetContainerRecipePolicy"), guide(33)] },
  "API-029": { says: "GetImagePolicy has the text that was put", sources: [model("GetImagePolicy"), guide(33)] },
  "API-031": { says: "GetImageRecipePolicy has the text that was put", sources: [model("GetImageRecipePolicy"), guide(33)] },
  "API-064": { says: "PutComponentPolicy sets the policy of a build, if it is one", sources: [model("PutComponentPolicy"), guide(33)] },
  "API-065": {
    says: "PutContainerRecipePolicy sets the policy of a version, if it is one",
    sources: [model("PutContainerRecipePolicy"), guide(33)],
  },
  "API-066": { says: "PutImagePolicy sets the policy of a build, if it is one", sources: [model("PutImagePolicy"), guide(33)] },
  "API-067": {
    says: "PutImageRecipePolicy sets the policy of a version, if it is one",
    sources: [model("PutImageRecipePolicy"), guide(33)],
  },
  "API-058": {
    says: "ListTagsForResource has the tags of every kind of resource",
    sources: [model("ListTagsForResource"), guide(34), terraform],
  },
  "API-072": { says: "TagResource adds and changes tags of every kind of resource", sources: [model("TagResource"), guide(34), terraform] },
  "API-073": {
    says: "UntagResource removes the keys that the query repeats",
    sources: [model("UntagResourceRequest.tagKeys"), guide(34), terraform],
  },
} satisfies Claims;
