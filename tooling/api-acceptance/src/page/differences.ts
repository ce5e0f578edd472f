import type { CapabilityId } from "../facts/capabilities.js";

/** What the service here does on purpose in another way than AWS, or decides where AWS does not say. */
export interface Difference {
  /** The operations, as the page shows them. */
  readonly operations: string;
  readonly differs: string;
  readonly why: string;
  /** The capabilities whose tests show it. */
  readonly shownBy: readonly [CapabilityId, ...CapabilityId[]];
}

/** Sorted from what holds everywhere to what holds for single operations. */
export const DIFFERENCES: readonly Difference[] = [
  {
    operations: "all",
    differs: "an input that does not fit its shape is `InvalidParameterValueException`, although most operations do not declare it",
    why: "the message names the member and what is allowed, and SDKs have a class for the error",
    shownBy: ["API-081", "API-083", "API-097"],
  },
  {
    operations: "all with an ARN or an id",
    differs:
      "what does not exist, or is another account's, is `ResourceNotFoundException` (404), although most operations do not declare it",
    why: "clients expect it everywhere: Terraform's provider takes it, and nothing else, for a resource that is gone",
    shownBy: ["API-100", "API-002", "API-033", "API-037", "API-038", "API-055", "API-062"],
  },
  {
    operations: "all",
    differs: "a member that the model does not have is refused",
    why: "a misspelt member would be left out silently; AWS ignores it",
    shownBy: ["API-097", "API-115"],
  },
  {
    operations: "all with `clientToken`",
    differs:
      "a token belongs to account, Region and operation; it is kept for 24 hours, also after a deletion; failures and dry runs leave it free; a call at the same time waits for the first",
    why: "AWS does not say what it does; a retry must neither do anything twice nor repeat a failure that was mended",
    shownBy: ["API-078", "API-079", "API-102"],
  },
  {
    operations: "Create… with `dryRun`",
    differs: "`DryRunOperationException` comes only if all checks pass, otherwise the error of the check",
    why: "a dry run is to find what is wrong",
    shownBy: ["API-102"],
  },
  {
    operations: "List…",
    differs: "a page token is signed; it belongs to operation, account, Region and filters, and does not expire",
    why: "a token of another list is a fault of the client, which would get wrong pages without a word",
    shownBy: ["API-082"],
  },
  {
    operations: "List…",
    differs: "several filters have to match together, the values of one are alternatives, and values match exactly",
    why: "the model does not say how they combine",
    shownBy: ["API-084"],
  },
  {
    operations: "List…",
    differs: "what was created or deleted is listed so at once; on AWS it may take two minutes",
    why: "there is one database",
    shownBy: ["API-096"],
  },
  {
    operations: "ListComponents, ListImages, ListWorkflows",
    differs: "`byName` together with the filter `version` is `InvalidRequestException`",
    why: "the operations declare no error for combinations of members",
    shownBy: ["API-094"],
  },
  {
    operations: "ListComponents, ListImages, ListImageRecipes, …",
    differs:
      "to `Amazon` belong components, workflows and base images of this project under names of AWS, and those of a folder of one's own; to `ThirdParty` and `AWSMarketplace` nothing",
    why: "the documents and images of AWS are not ours to give; compatibility.md says which names are here",
    shownBy: ["API-095", "API-035"],
  },
  {
    operations: "CreateComponent, CreateWorkflow",
    differs: "a document is checked as if it were to run: modules, inputs, references, conditions; what is accepted runs",
    why: "a fault is found when the document is created instead of an hour later in a build",
    shownBy: ["API-003", "API-011"],
  },
  {
    operations: "CreateComponent, CreateWorkflow",
    differs:
      "the content of the latest build of a version again is `InvalidRequestException` with the text of `ResourceAlreadyExistsException`; that of an older build makes a new one",
    why: "the operations do not declare `ResourceAlreadyExistsException`; clients match the text",
    shownBy: ["API-098"],
  },
  {
    operations: "CreateComponent, CreateWorkflow, CreateContainerRecipe, ImportComponent",
    differs: "an address is `s3://…` and nothing else; the server's settings say which S3 that is",
    why: "servers of one's own have object stores of their own",
    shownBy: ["API-003"],
  },
  {
    operations: "CreateImageRecipe, CreateContainerRecipe",
    differs:
      "the first version for `x.x.x` and `1.x.x` is 1.0.0, for `1.2.x` 1.2.0; later ones count up the first `x`; a number that was given is never given again",
    why: "AWS does not say where it begins; a number that came back would name two contents",
    shownBy: ["API-110"],
  },
  {
    operations: "CreateImageRecipe, CreateInfrastructureConfiguration, …",
    differs: "AMIs, instance profiles, subnets, topics, keys, roles and repositories are checked in form only, not whether they exist",
    why: "there is no account of AWS behind the server; what a build cannot find, the build says",
    shownBy: ["API-008", "API-009", "API-010"],
  },
  {
    operations: "CreateDistributionConfiguration",
    differs: "an AMI name without `{{ imagebuilder:buildDate }}` is accepted, and the date is added at its end",
    why: "the guide says so, the model refuses it; names in use are without it",
    shownBy: ["API-005"],
  },
  {
    operations: "CreateDistributionConfiguration, UpdateDistributionConfiguration, UpdateLifecyclePolicy",
    differs: "what does not fit together is `InvalidParameterValueException`, never `InvalidParameterCombinationException`",
    why: "the message names the place of the fault in what may be a long list, which the error for combinations does not",
    shownBy: ["API-005", "API-010"],
  },
  {
    operations: "CreateImage, StartImagePipelineExecution, DistributeImage, ImportVmImage, ImportDiskImage",
    differs: "containers are built by a server with the role `worker` or `all`; other images are FAILED there, with that reason",
    why: "no build host makes machine images yet",
    shownBy: ["API-006", "API-021", "API-040", "API-041", "API-070"],
  },
  {
    operations: "ImportVmImage",
    differs: "the name is one that all images may have, though the request's shape takes any text",
    why: "the image is answered under this name, whose shape has only such names, and its ARN is made of it",
    shownBy: ["API-104"],
  },
  {
    operations: "CancelImageCreation, DeleteImage, RetryImage, StartResourceStateUpdate",
    differs: "an image in a state that does not allow it is `InvalidRequestException`, whose message has the state",
    why: "the model has errors for resources in use and for dependencies, and names none for this",
    shownBy: ["API-001", "API-015", "API-068", "API-071"],
  },
  {
    operations: "CreateImage",
    differs: "no service-linked role is made, and none is needed",
    why: "the server acts under its own identity",
    shownBy: ["API-116"],
  },
  {
    operations: "CancelImageCreation",
    differs: "an image that is PENDING is CANCELLED at once",
    why: "nothing runs that would have to stop first",
    shownBy: ["API-001"],
  },
  {
    operations: "RetryImage",
    differs: "an image that ended before its tests is refused; containers can be retried, too, for 24 hours",
    why: "a retry begins at the tests or the distribution that failed; before them there is nothing to keep",
    shownBy: ["API-068"],
  },
  {
    operations: "GetImagePipeline",
    differs: "`dateLastRun` is returned",
    why: "the newest model has it, though an older text says that it never is",
    shownBy: ["API-028"],
  },
];
