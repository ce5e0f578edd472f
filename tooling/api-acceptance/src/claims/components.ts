import { guide, model, terraform, type Claims } from "./claim.js";

export const componentClaims = {
  "API-003": {
    says: "CreateComponent stores a document, finds its type in its phases, and answers the ARN of build 1",
    sources: [model("CreateComponent"), guide(8), terraform],
  },
  "API-012": {
    says: "DeleteComponent removes one build, but none that a recipe names",
    sources: [model("DeleteComponent"), guide(35), terraform],
  },
  "API-022": {
    says: "GetComponent finds a component by build, version and wildcards",
    sources: [model("GetComponentRequest.componentBuildVersionArn"), terraform],
  },
  "API-039": {
    says: "ImportComponent makes a document of a script",
    sources: [model("ImportComponent"), guide(8)],
  },
  "API-042": {
    says: "ListComponentBuildVersions has the builds of one version, or all of the account",
    sources: [model("ListComponentBuildVersionsRequest.componentVersionArn")],
  },
  "API-043": {
    says: "ListComponents has one entry for each version, in pages",
    sources: [model("ListComponents"), guide(4)],
  },
  "API-086": {
    says: "ListComponents has eight filters",
    sources: [model("ListComponentsRequest.filters")],
  },
} satisfies Claims;
