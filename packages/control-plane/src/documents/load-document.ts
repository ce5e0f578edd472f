import type { OperationName } from "@imagewright/imagebuilder-model";
import { invalidCombination, invalidValue } from "../errors/api-errors.js";
import type { Services } from "../services.js";

/** The members of an input with which a document is given. */
export interface DocumentMembers {
  readonly data: string;
  readonly uri: string;
}

/** A document and the member that it came from. */
export interface LoadedDocument {
  readonly text: string;
  readonly parameter: string;
}

/**
 * The document of an input: inline, or the object at an `s3://` address, whose size is limited. Exactly one of the two members is given.
 * Throws InvalidParameterCombinationException, or InvalidParameterValueException for an object that cannot be read or is no text.
 */
export async function loadDocument(
  operation: OperationName,
  input: object,
  services: Services,
  { members, mostBytes }: { readonly members: DocumentMembers; readonly mostBytes: number },
): Promise<LoadedDocument> {
  const { data, uri } = members;
  const given = input as Readonly<Record<string, string | undefined>>;
  const [inline, address] = [given[data], given[uri]];
  if ((inline === undefined) === (address === undefined)) {
    const found = inline === undefined ? "neither is given" : "both are given";
    throw invalidCombination(operation, `The request must have exactly one of '${data}' and '${uri}'; ${found}`);
  }
  if (inline !== undefined) return { text: inline, parameter: data };
  return { text: await textAt(operation, address ?? "", services, { parameter: uri, mostBytes }), parameter: uri };
}

async function textAt(
  operation: OperationName,
  address: string,
  { readObject }: Services,
  { parameter, mostBytes }: { readonly parameter: string; readonly mostBytes: number },
): Promise<string> {
  if (!/^s3:\/\/[^/]+\/.+/.test(address))
    throw invalidValue(operation, parameter, `it must be an address of S3; allowed: s3://<bucket>/<key>`);
  const bytes = await readObject(address, mostBytes).catch((thrown: unknown) => {
    throw invalidValue(operation, parameter, `the object cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  });
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch {
    // said below
  }
  throw invalidValue(operation, parameter, "the object is not a text in UTF-8");
}
