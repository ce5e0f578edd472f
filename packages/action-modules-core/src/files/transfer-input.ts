import type { InputFault, Platform } from "@imagewright/action-contract";
import { fileNameFaults, noWildcardFaults, wildcardFaults } from "./input-faults.js";
import { windowsNameFaults } from "./windows-names.js";

/** The inputs of copying and moving: `source`, `destination` and `overwrite`, with descriptions of the last two for the action. */
export function transferInput(
  what: "file" | "folder",
  { destination, overwrite }: { readonly destination: string; readonly overwrite: string },
) {
  return {
    shape: "list",
    schema: {
      type: "object",
      properties: {
        source: {
          type: "string",
          minLength: 1,
          description: `The ${what}; a * after the last path separator matches any characters. A relative path starts in the working directory.`,
        },
        destination: { type: "string", minLength: 1, description: destination },
        overwrite: { type: "boolean", default: true, description: overwrite },
      },
      required: ["source", "destination"],
      additionalProperties: false,
    },
  } as const;
}

interface Transfer {
  readonly source: string;
  readonly destination: string;
}

/** A wildcard is allowed only after the last separator of the source. */
function wildcardsOf({ source, destination }: Transfer, platform: Platform): InputFault[] {
  return [
    ...wildcardFaults("source", source, platform),
    ...noWildcardFaults("destination", destination),
    ...windowsNameFaults("destination", destination, platform),
  ];
}

/** The faults of a transfer of folders. */
export function transferFaults(transfer: Transfer, platform: Platform): InputFault[] {
  return [...windowsNameFaults("source", transfer.source, platform), ...wildcardsOf(transfer, platform)];
}

/** The faults of a transfer of files. */
export function fileTransferFaults(transfer: Transfer, platform: Platform): InputFault[] {
  return [...fileNameFaults("source", transfer.source, platform), ...wildcardsOf(transfer, platform)];
}
