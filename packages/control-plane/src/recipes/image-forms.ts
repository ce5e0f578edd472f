/** What a member of a recipe that names an image may be. What it names is looked up by the build that uses it. */
export interface ImageForm {
  /** In messages. */
  readonly allowed: string;
  readonly test: (text: string) => boolean;
}

const AMI = /^ami-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
const PARAMETER = /^ssm:(?:arn:[^:\s]+:ssm:[^:\s]*:\d*:parameter\/)?[\w.\-/]+(?::[\w.-]+)?$/;
const PRODUCT = /^(?:prod-[a-z0-9]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const IMAGE = /^arn:[^:\s]+:imagebuilder:[^:\s]*:[^:\s]+:image\/\S+$/;
// of a reference of Docker: an optional registry, a path, and a tag, a digest or both
const COMPONENT = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const REGISTRY = String.raw`(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d+)?/)?`;
const REFERENCE = new RegExp(
  String.raw`^${REGISTRY}${COMPONENT}(?:/${COMPONENT})*(?::\w[\w.-]{0,127})?(?:@[A-Za-z][\w.+-]*:[0-9a-fA-F]{32,})?$`,
);
// a Debian that the server makes; its variant is no part of a reference
const MADE = /^mmdebstrap:[a-z]+(?:\/[a-z]+)?$/;

/** The parent image of an image recipe. Source: API model, `CreateImageRecipeRequest.parentImage`; guide chapter 26. */
export const PARENT_OF_IMAGE: ImageForm = {
  allowed: "the ID of an AMI (ami-…), ssm:<parameter>, the ARN of an image, or the ID of a product of AWS Marketplace",
  test: (text) => [AMI, PARAMETER, IMAGE, PRODUCT].some((form) => form.test(text)),
};

/** The parent image of a container recipe, never an AMI. Source: API model, `CreateContainerRecipeRequest.parentImage`. */
export const PARENT_OF_CONTAINER: ImageForm = {
  allowed: "the name of an image in a registry, such as debian:12, or the ARN of an image",
  test: (text) => IMAGE.test(text) || MADE.test(text) || (REFERENCE.test(text) && !AMI.test(text)),
};

/** The machine that builds a container. Source: API model, `InstanceConfiguration.image`; guide chapter 27. */
export const MACHINE_OF_CONTAINER: ImageForm = {
  allowed: "the ID of an AMI (ami-…), or ssm:<parameter>",
  test: (text) => AMI.test(text) || PARAMETER.test(text),
};
