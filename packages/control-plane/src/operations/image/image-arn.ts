import type { NamedBy } from "../../resources/find-resource.js";

/** The ARN of a build of an image, in the member `imageBuildVersionArn`. */
export const IMAGE_BUILD: NamedBy = { parameter: "imageBuildVersionArn", types: ["image"], levels: ["build"] };

/** The ARN of a build of an image, in the member `imageArn`. */
export const IMAGE: NamedBy = { parameter: "imageArn", types: ["image"], levels: ["build"] };
