import { answer, decision, guide, model, terraform, type Claims } from "./claim.js";

export const imageClaims = {
  "API-001": {
    says: "CancelImageCreation ends an image that has not ended as CANCELLED",
    sources: [model("CancelImageCreation")],
  },
  "API-006": {
    says: "CreateImage answers the ARN of the next build, which is PENDING, before any work begins",
    sources: [model("CreateImage"), terraform],
  },
  "API-015": {
    says: "DeleteImage removes the record of an image that has ended, and no other",
    sources: [model("DeleteImage"), guide(35)],
  },
  "API-021": {
    says: "DistributeImage makes a new image of an AMI for distribution alone",
    sources: [model("DistributeImage")],
  },
  "API-027": {
    says: "GetImage finds a build in any state, but only an AVAILABLE one by version and wildcards",
    sources: [model("GetImageRequest.imageBuildVersionArn"), answer("the waiter of Terraform's provider")],
  },
  "API-046": {
    says: "ListImageBuildVersions has the builds of one version, or all of the account",
    sources: [model("ListImageBuildVersionsRequest.imageVersionArn"), guide(21)],
  },
  "API-047": {
    says: "ListImagePackages has nothing before a build has looked for packages",
    sources: [model("ListImagePackages")],
  },
  "API-053": {
    says: "ListImages has each version once, in pages",
    sources: [model("ListImages"), guide(21)],
  },
  "API-068": {
    says: "RetryImage refuses images that have not failed at tests or distribution",
    sources: [model("RetryImage"), decision("an image that ended before its tests is built again, not retried")],
  },
  "API-071": {
    says: "StartResourceStateUpdate takes images that have ended, with the members that belong together",
    sources: [model("StartResourceStateUpdateRequest")],
  },
  "API-085": {
    says: "ListImages has five filters",
    sources: [model("ListImagesRequest.filters"), guide(21)],
  },
  "API-087": {
    says: "ListImageBuildVersions has five filters, with and without a version",
    sources: [model("ListImageBuildVersionsRequest.filters")],
  },
  "API-116": {
    says: "an image needs no role of its own; the service uses the one that is linked to it",
    sources: [model("CreateImageRequest.executionRole"), guide(49), decision("no role is made in an account")],
  },
} satisfies Claims;
