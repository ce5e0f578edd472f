import { defineAction } from "@imagewright/action-contract";
import { windowsNameFaults } from "../files/windows-names.js";
import { algorithmProperty, checksumFaults } from "./checksum.js";
import { webDownload as run } from "./run.js";
import { sourceFaults } from "./source-url.js";

export const webDownload = defineAction({
  name: "WebDownload",
  summary: "Downloads a file over HTTP or HTTPS.",
  platforms: ["linux", "darwin", "windows"],
  input: {
    shape: "list",
    schema: {
      type: "object",
      properties: {
        source: { type: "string", minLength: 1, description: "The address of the file, http:// or https://. Redirects are followed." },
        destination: {
          type: "string",
          minLength: 1,
          description:
            "The path of the file, or a folder, which ends with a path separator; the file is then named after the last part of the address. Missing folders are created.",
        },
        overwrite: {
          type: "boolean",
          default: true,
          description: "Whether an existing file is replaced, unless it has the checksum already; if false, an existing file is an error.",
        },
        checksum: {
          type: "string",
          minLength: 1,
          description: "The checksum that the file must have, in hexadecimal digits; checked only if algorithm is given too.",
        },
        algorithm: algorithmProperty,
        ignoreCertificateErrors: {
          type: "boolean",
          default: false,
          description: "Whether servers with an untrusted certificate are accepted.",
        },
      },
      required: ["source", "destination"],
      additionalProperties: false,
    },
  },
  effects: "opaque",
  outputs: {
    destination: {
      description: "The path of the file that was downloaded; without an index, the paths of all, line by line.",
      ofAllItems: "lines",
    },
  },
  check: ({ source, destination, checksum, algorithm }, platform) => [
    ...sourceFaults(source, destination, platform),
    ...windowsNameFaults("destination", destination, platform),
    ...checksumFaults(checksum, algorithm),
  ],
  run,
});
