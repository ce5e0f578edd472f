import { ResourceNotFoundException } from "@aws-sdk/client-imagebuilder";
import { cancelImage } from "../support/make-image.js";
import { KINDS, type ResourceKind } from "../support/kinds.js";
import { api } from "../support/service.js";

/** The ARNs of everything in the account whose name begins with the prefix; of versioned types, of their versions. */
export async function storedWith(prefix: string): Promise<string[]> {
  const all: string[] = [];
  for (const { list } of KINDS) {
    let nextToken: string | undefined;
    do {
      const page = await list({ maxResults: 25, ...(nextToken === undefined ? {} : { nextToken }) });
      all.push(...(page.found ?? []).flatMap(({ name = "", arn = "" }) => (name.startsWith(prefix) ? [arn] : [])));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  }
  return all;
}

/** Removes what was created, whatever it is: pipelines and images first, what they name last. */
export async function removeAll(arns: readonly string[]): Promise<void> {
  const order = ["image-pipeline", "image", "image-recipe", "container-recipe"];
  const rank = ({ type }: ResourceKind) => (order.includes(type) ? order.indexOf(type) : order.length);
  for (const { type, remove } of [...KINDS].sort((one, other) => rank(one) - rank(other))) {
    const kind = type.split("/")[0] ?? type;
    for (const arn of arns.filter((text) => text.split(":")[5]?.split("/")[0] === kind))
      await (kind === "image" ? cancelImage(arn).then(() => api.deleteImage({ imageBuildVersionArn: arn })) : remove(arn)).catch(
        (error: unknown) => {
          if (!(error instanceof ResourceNotFoundException)) throw error;
        },
      );
  }
}
