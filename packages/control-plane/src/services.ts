import type { ActionRegistry } from "@imagewright/action-contract";
import type { DataKey } from "./encryption/sealed-text.js";

/** The quotas of an account in a Region. One that is not given is not limited, but for those with a default. */
export interface Quotas {
  /** The number of resources by kind: `component`, `image-recipe`, `workflow`, … */
  readonly resources?: Readonly<Record<string, number>>;
  /** Components of a recipe; 20 by default. */
  readonly componentsOfRecipe?: number;
  /** The size of a component document that is read from S3, in bytes; 65,536 by default. */
  readonly componentDocumentBytes?: number;
  /** The size of a workflow document that is read from S3, in bytes; 65,536 by default. */
  readonly workflowDocumentBytes?: number;
}

/** What the operations need from outside. */
export interface Services {
  /** The time. */
  readonly clock: () => Date;
  /** Random bytes, for ids and secrets. */
  readonly random: (bytes: number) => Uint8Array;
  /** The partition of ARNs, `aws` by default. */
  readonly partition: string;
  /** The Regions that are served. */
  readonly regions: readonly string[];
  readonly quotas: Quotas;
  /** Reads the object at an `s3://` address. Rejects if it cannot, or if it is larger than `mostBytes`, with an error that says why. */
  readonly readObject: (uri: string, mostBytes: number) => Promise<Uint8Array>;
  /** The action modules against which component documents are checked. */
  readonly registry: ActionRegistry;
  /** A document as it is to be stored: sealed under a key of the resource's own, or that of the server, if there is one. */
  readonly seal: (text: string, ownKey?: DataKey) => string;
  /**
   * The data key under the key of KMS that a new resource names; undefined if keys of resources are stored only. Errors:
   * resource-key-not-usable, resource-key-unreachable.
   */
  readonly ownKey: (named: string, context: string) => Promise<DataKey | undefined>;
  /** Signs page tokens. */
  readonly pageSecret: Uint8Array;
}
