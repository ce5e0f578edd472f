import { answer, decision, guide, model, type Claims } from "./claim.js";

/** What holds for many operations. */
export const ruleClaims = {
  "API-078": {
    says: "a repeated client token with the same input has the first answer, and nothing is done twice",
    sources: [model("ClientToken"), decision("a token belongs to account, Region and operation")],
  },
  "API-079": {
    says: "a repeated client token with another input is refused",
    sources: [model("IdempotentParameterMismatchException")],
  },
  "API-080": {
    says: "deletions, policies and tags have no client token",
    sources: [model("DeleteComponentRequest"), model("PutComponentPolicyRequest"), model("TagResourceRequest")],
  },
  "API-081": {
    says: "lists take 1 to 25 results and a token of 1 to 65,535 characters",
    sources: [model("RestrictedInteger"), model("PaginationToken")],
  },
  "API-082": {
    says: "a page token that the list did not give is refused",
    sources: [model("InvalidPaginationTokenException"), decision("a token belongs to its list, account, Region and filters")],
  },
  "API-083": {
    says: "there are 1 to 10 filters of 1 to 10 values, and case counts",
    sources: [model("FilterList"), model("FilterValue")],
  },
  "API-084": {
    says: "values of a filter are alternatives, filters have to match together",
    sources: [decision("the model does not say how filters combine")],
  },
  "API-094": {
    says: "byName has one entry for each name, and excludes the filter version",
    sources: [model("ListComponentsRequest.byName"), model("ListImagesRequest.byName")],
  },
  "API-095": {
    says: "owner is one of five classes, and Self if it is not given",
    sources: [model("Ownership"), guide(4)],
  },
  "API-096": {
    says: "what was created is listed at once",
    sources: [decision("the two minutes that lists of AWS may be late are no promise")],
  },
  "API-097": {
    says: "errors are JSON with a message, their name in a header, and their own status",
    sources: [model("ClientException"), answer("restJson1 of every AWS SDK")],
  },
  "API-098": {
    says: "ResourceAlreadyExistsException is for types without builds; components and workflows have a further build",
    sources: [model("ResourceAlreadyExistsException"), model("CreateComponentRequest.name")],
  },
  "API-099": {
    says: "a refused deletion names what depends on the resource",
    sources: [model("ResourceDependencyException"), guide(35), answer("Terraform's provider")],
  },
  "API-100": {
    says: "every Get operation answers 404 ResourceNotFoundException for what is missing",
    sources: [decision("clients expect it everywhere"), answer("Terraform's provider")],
  },
  "API-101": {
    says: "requestId is in the bodies of those operations that declare it, and in a header of all",
    sources: [model("CreateComponentResponse.requestId"), model("DistributeImageResponse")],
  },
  "API-102": {
    says: "dryRun of eight operations ends with 412 and stores nothing, or with what is wrong",
    sources: [model("CreateComponentRequest.dryRun"), decision("412 only if every check passes")],
  },
  "API-103": {
    says: "latestVersionReferences has the four patterns of a version",
    sources: [model("LatestVersionReferences"), answer("Terraform's provider")],
  },
  "API-104": {
    says: "names have 3 to 128 letters, digits, hyphens, underscores and blanks inside, those of imported images too",
    sources: [model("ResourceName"), decision("an imported image has a name that all images may have")],
  },
  "API-105": {
    says: "names that differ in case, blanks and underscores are one resource",
    sources: [model("CreateComponentRequest.name")],
  },
  "API-106": { says: "ARNs name Region, owner, type and name", sources: [model("ImageBuilderArn"), guide(49)] },
  "API-107": { says: "ARNs have a version and a build where their type has them", sources: [model("ImageBuilderArn")] },
  "API-108": {
    says: "numbers of versions are 0 to 1,073,741,823; the service numbers builds",
    sources: [guide(1), model("VersionNumber")],
  },
  "API-109": { says: "x is the newest, and only x follows it", sources: [guide(1), model("GetComponentRequest.componentBuildVersionArn")] },
  "API-111": {
    says: "a version that is none is refused with InvalidVersionNumberException",
    sources: [model("InvalidVersionNumberException")],
  },
  "API-112": { says: "versions order by major, minor, patch, as the numeric form of notifications", sources: [guide(47)] },
  "API-113": {
    says: "Get operations of versioned types take wildcards",
    sources: [model("ComponentVersionArnOrBuildVersionArn"), model("ImageRecipeArn"), model("WorkflowVersionArnOrBuildVersionArn")],
  },
  "API-114": {
    says: "recipes, components and workflows have no update; configurations, pipelines and policies are replaced",
    sources: [guide(26), model("UpdateImagePipeline")],
  },
} satisfies Claims;
