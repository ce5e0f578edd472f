import { defineAction } from "@imagewright/action-contract";
import { wildcardFaults } from "../files/input-faults.js";
import { hasWildcard } from "../files/wildcard.js";
import { windowsNameFaults } from "../files/windows-names.js";
import { bucketOwnerProperty, locationFaults } from "../object-store/location.js";
import { s3Upload as run } from "./run.js";

export const s3Upload = defineAction({
  name: "S3Upload",
  summary: "Uploads a file, or the files of a folder, to Amazon S3.",
  platforms: ["linux", "darwin", "windows"],
  input: {
    shape: "list",
    schema: {
      type: "object",
      properties: {
        source: {
          type: "string",
          minLength: 1,
          description:
            "The file, or a folder if recurse is true; a * after the last path separator matches any characters. A relative path starts in the working directory.",
        },
        destination: {
          type: "string",
          minLength: 1,
          description: "The object as s3://BUCKET/KEY, or a prefix, which ends with a slash; files of a folder always go below a prefix.",
        },
        recurse: { type: "boolean", default: false, description: "Whether folders are uploaded with their content." },
        expectedBucketOwner: bucketOwnerProperty,
      },
      required: ["source", "destination"],
      additionalProperties: false,
    },
  },
  effects: "opaque",
  outputs: {},
  check: ({ source, destination }, platform) => [
    ...wildcardFaults("source", source, platform),
    ...windowsNameFaults("source", source, platform),
    ...locationFaults("destination", destination),
    ...(hasWildcard(destination) ? [{ path: ["destination"], message: `"destination" cannot contain a wildcard` }] : []),
  ],
  run,
});
