import { describeCause, isImagewrightError } from "@imagewright/diagnostics";
import { controlPlaneError } from "../errors.js";

/** What a data key is for: `context` is bound to it by KMS; `region` is that of a key without one in its name. */
export interface DataKeyUse {
  readonly context: string;
  readonly region: string;
}

/** The keys of KMS that resources name. What it rejects with says which key, and why; its class tells whether that may pass. */
export interface ResourceKeyService {
  /** A new data key under the key that an id, an alias or an ARN names now; `key` is the ARN of that key. */
  generate(named: string, use: DataKeyUse): Promise<{ readonly key: string; readonly bytes: Uint8Array; readonly wrapped: Uint8Array }>;
  open(key: string, wrapped: Uint8Array, use: DataKeyUse): Promise<Uint8Array>;
}

/** How keys of resources are used. */
export interface ResourceKeyOptions {
  readonly service: ResourceKeyService;
  /** `use`: new resources are sealed under the key that they name. `keep`: it is stored only, and the server's key seals. */
  readonly setting: "use" | "keep";
}

/** What one data key may seal: all resources of a type that an account has in a Region. Source: guide chapter 49, key policies. */
export function contextFor(
  { region, owner, type }: { readonly region: string; readonly owner: string; readonly type: string },
  partition: string,
): string {
  const [kind = ""] = type.split("/");
  return `arn:${partition}:imagebuilder:${region}:${owner}:${kind}/*`;
}

/** The use of a data key by its context, which names its Region. */
export function useIn(context: string): DataKeyUse {
  const [, , , region = ""] = context.split(":");
  return { context, region };
}

const PASSING = ["unavailable", "throttled"];

/** Errors: resource-key-unreachable for what may pass, resource-key-not-usable for anything else. */
export function resourceKeyFailure(thrown: unknown): Error {
  const isPassing = isImagewrightError(thrown) && PASSING.includes(thrown.errorClass);
  const cause = describeCause(thrown);
  return isPassing
    ? controlPlaneError("resource-key-unreachable", { cause }, { cause: thrown })
    : controlPlaneError("resource-key-not-usable", { cause }, { cause: thrown });
}

/** Whether something cannot be opened since the key that its owner has named does not open it. */
export function isResourceKeyFailure(thrown: unknown): thrown is Error {
  return (
    isImagewrightError(thrown, "control-plane/resource-key-unreachable") ||
    isImagewrightError(thrown, "control-plane/resource-key-not-usable")
  );
}
