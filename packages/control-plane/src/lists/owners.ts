import type { Api } from "@imagewright/imagebuilder-model";
import type { CallContext } from "../operation-definition.js";

export type OwnerClass = Api.Ownership;

const OWNERS: Readonly<Record<Exclude<OwnerClass, "Self" | "Shared">, string>> = {
  Amazon: "aws",
  ThirdParty: "third-party",
  AWSMarketplace: "aws-marketplace",
};

/** The owner in ARNs of a class of owners; `Self` is the default. What is shared has many owners: undefined. */
export function ownerOf({ caller }: CallContext, owner: OwnerClass = "Self"): string | undefined {
  if (owner === "Self") return caller.account;
  return owner === "Shared" ? undefined : OWNERS[owner];
}
