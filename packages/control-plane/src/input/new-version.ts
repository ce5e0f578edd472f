import { ApiError, readSemanticVersion, type OperationName, type VersionedType } from "@imagewright/imagebuilder-model";
import { declaredError } from "../errors/api-errors.js";
import type { VersionNumbers } from "../resources/resource-name.js";
import type { VersionPattern } from "@imagewright/semver-resolver";

/** The `semanticVersion` of a new resource, which may have wildcards for recipes. Throws InvalidVersionNumberException with its faults. */
export function newVersionPattern(operation: OperationName, text: string, type: VersionedType): VersionPattern {
  const { value, diagnostics } = readSemanticVersion(text, type);
  if (value !== undefined) return value;
  const reason = diagnostics.map(({ message }) => message).join("; ");
  throw new ApiError(
    declaredError(operation, "InvalidVersionNumberException", "InvalidParameterValueException"),
    `The value supplied for parameter 'semanticVersion' is not valid. ${reason}.`,
  );
}

/** The same for types without wildcards. */
export function newVersion(operation: OperationName, text: string, type: VersionedType): VersionNumbers & { readonly text: string } {
  const [major = 0, minor = 0, patch = 0] = newVersionPattern(operation, text, type).numbers;
  return { major, minor, patch, text };
}
